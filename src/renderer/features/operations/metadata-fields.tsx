import { TextInput } from '@mantine/core';
import { METADATA_DESCRIPTION_BYTES, METADATA_NAME_BYTES } from '#core/layouts/programs.ts';
import { BytesField } from '#renderer/ui/bytes-field.tsx';

/** What people read about a run, as typed. */
export type MetadataText = {
  readonly name: string;
  readonly description: string;
  readonly parameters: string;
  readonly vocabulary: string;
};

/** Name, description and the two sizes of a model. */
export function MetadataFields({
  value,
  onChange,
  parametersError,
  vocabularyError,
}: {
  value: MetadataText;
  onChange: (value: MetadataText) => void;
  parametersError?: string | undefined;
  vocabularyError?: string | undefined;
}) {
  const { name, description, parameters, vocabulary } = value;
  const all = { name, description, parameters, vocabulary };
  return (
    <>
      <BytesField
        label="Name"
        value={name}
        onChange={(text) => onChange({ ...all, name: text })}
        maxBytes={METADATA_NAME_BYTES}
      />
      <BytesField
        label="Description"
        value={description}
        onChange={(text) => onChange({ ...all, description: text })}
        maxBytes={METADATA_DESCRIPTION_BYTES}
        lines={3}
      />
      <div className="columns-2">
        <TextInput
          label="Parameters"
          description="Weights of the model"
          inputMode="numeric"
          value={parameters}
          onChange={(event) => onChange({ ...all, parameters: event.currentTarget.value })}
          error={parametersError}
        />
        <TextInput
          label="Vocabulary"
          description="Tokens it knows"
          inputMode="numeric"
          value={vocabulary}
          onChange={(event) => onChange({ ...all, vocabulary: event.currentTarget.value })}
          error={vocabularyError}
        />
      </div>
    </>
  );
}
