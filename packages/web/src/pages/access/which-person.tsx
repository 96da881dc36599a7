import type { PersonResource } from '@huismeester/contracts';
import { useList } from '../../api/resource.ts';
import { Select } from '../../parts/choices.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { useNames } from '../../parts/person.tsx';
import { words } from './words.ts';

/** One of the people of the directory. */
export function WhichPerson({
  label,
  error,
  value,
  onInput,
}: {
  readonly label: string;
  readonly error: string | undefined;
  readonly value: string;
  readonly onInput: (person: string) => void;
}) {
  const name = useNames();
  const people = useList<PersonResource>('/api/v1/people', ['membership']);
  return (
    <Fetched of={people}>
      {(all) => (
        <Select
          label={label}
          error={error}
          value={value}
          onInput={onInput}
          options={[
            { value: '', text: words.value.choose },
            ...all
              .filter(({ enabled }) => enabled)
              .map(({ id }) => ({ value: id, text: name(id) }))
              .toSorted((a, b) => a.text.localeCompare(b.text)),
          ]}
        />
      )}
    </Fetched>
  );
}
