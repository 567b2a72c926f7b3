import { CLIENT_VERSION_MAX_BYTES, RUN_ID_MAX_BYTES } from '#core/layouts/programs.ts';
import { FieldPlace } from '#renderer/lib/field-place.tsx';
import { SignersFields } from '#renderer/lib/signers-fields.tsx';
import { BytesField } from '#renderer/ui/bytes-field.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { MetadataFields } from '../metadata-fields.tsx';
import { AccountSeedField } from './account-seed-field.tsx';
import type { CreateDraft, DraftProblems } from './draft.ts';

/** What the run is called and who signs for it. */
export function IdentityStep({
  draft,
  onChange,
  problems,
  runIdRefusal,
  seedRefusal,
}: {
  draft: CreateDraft;
  onChange: (draft: CreateDraft) => void;
  problems: DraftProblems;
  runIdRefusal: string | undefined;
  /** Why the chain would refuse the address that the seed gives. */
  seedRefusal: string | undefined;
}) {
  return (
    <>
      <Panel title="Identity">
        <div className="stack">
          <FieldPlace name="runId">
            <BytesField
              label="Run id"
              description="Names the run for ever and gives it its address. Letters other than a–z take two to four bytes each."
              value={draft.runId}
              onChange={(runId) => onChange({ ...draft, runId })}
              maxBytes={RUN_ID_MAX_BYTES}
              error={runIdRefusal}
              mono
              required
            />
          </FieldPlace>
          <FieldPlace name="metadata">
            <div className="stack">
              <MetadataFields
                value={draft}
                onChange={(metadata) => onChange({ ...draft, ...metadata })}
                parametersError={problems.parameters}
                vocabularyError={problems.vocabulary}
              />
            </div>
          </FieldPlace>
          <FieldPlace name="clientVersion">
            <BytesField
              label="Client version"
              description="Image tag, or sha256: digest, that clients must run. “test” switches their check off."
              value={draft.clientVersion}
              onChange={(clientVersion) => onChange({ ...draft, clientVersion })}
              maxBytes={CLIENT_VERSION_MAX_BYTES}
              mono
            />
          </FieldPlace>
        </div>
      </Panel>
      <Panel title="Address of the account">
        <AccountSeedField
          seed={draft.seed}
          onChange={(seed) => onChange({ ...draft, seed })}
          base={draft.signers.authority}
          error={seedRefusal}
        />
      </Panel>
      <Panel title="Signers">
        <SignersFields
          choice={draft.signers}
          onChange={(signers) => onChange({ ...draft, signers })}
          parts={['authority', 'payer', 'joinAuthority']}
        />
      </Panel>
    </>
  );
}
