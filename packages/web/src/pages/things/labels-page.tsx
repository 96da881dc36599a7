import type { ItemResource } from '@huismeester/contracts';
import { useList } from '../../api/resource.ts';
import { place, setQuery } from '../../app/router.ts';
import { Button } from '../../parts/button.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { TextField } from '../../parts/field.tsx';
import { Page } from '../../parts/page.tsx';
import { hasAll } from './item-text.ts';
import { Label } from './label.tsx';
import './style.css';
import { words } from './words.ts';

/** `/things/labels`: a sheet of labels to print. */
export default function LabelsPage() {
  const text = words.value;
  const items = useList<ItemResource>('/api/v1/items', ['inventory']);
  const typed = place.value.query.get('q') ?? '';
  const act = (
    <Button look="main" local onClick={() => print()}>
      {text.print}
    </Button>
  );
  return (
    <Page title={text.labels} lead={text.labelsLead} act={act}>
      <div class="filters no-print">
        <TextField label={text.search} type="search" value={typed} onInput={(q) => setQuery({ q })} />
      </div>
      <Fetched of={items} empty={<p>{text.empty}</p>}>
        {(all) => (
          <div class="labels">
            {all
              .filter(
                ({ life, name, id, place: at = '' }) =>
                  life !== 'retired' && hasAll(`${name} ${id} ${at}`.toLowerCase(), typed),
              )
              .map((each) => (
                <Label key={each.id} item={each} />
              ))}
          </div>
        )}
      </Fetched>
    </Page>
  );
}
