import { Fragment } from 'react';
import type { CoordinatorAccount } from '#core/layouts/generated/coordinator.ts';
import { Said } from '#renderer/lib/said.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { type FlatValue, flattenValues } from './flatten-values.ts';
import classes from './run-configuration.module.css';

/** Every value of the configuration and the model as the chain holds it. */
export function RunConfiguration({ account }: { account: CoordinatorAccount }) {
  const { coordinator, metadata, client_version: clientVersion } = account.state;
  const groups = [
    {
      title: 'run',
      values: [
        { path: 'client_version', value: clientVersion },
        { path: 'num_parameters', value: metadata.num_parameters.toString() },
        { path: 'vocab_size', value: metadata.vocab_size.toString() },
      ],
    },
    { title: 'config', values: flattenValues('', coordinator.config) },
    { title: 'model.LLM', values: flattenValues('', coordinator.model.LLM) },
  ];
  return (
    <Panel title="Configuration" aside={`${groups.reduce((sum, { values }) => sum + values.length, 0)} values`}>
      <div className="stack">
        {groups.map(({ title, values }) => (
          <div key={title}>
            <h3 className={classes.group}>{title}</h3>
            <Facts even facts={values.map(factOf)} />
          </div>
        ))}
      </div>
    </Panel>
  );
}

function factOf({ path, value }: FlatValue) {
  return {
    key: path,
    label: <KeyPath path={path} />,
    value: (
      <span className="mono">
        <Said text={value} />
      </span>
    ),
  };
}

/** A key path that breaks between its words when it has to. */
function KeyPath({ path }: { path: string }) {
  return (
    <span className="mono small">
      {path.split(/(?<=[._])/).map((word, index) => (
        <Fragment key={index}>
          {word}
          <wbr />
        </Fragment>
      ))}
    </span>
  );
}
