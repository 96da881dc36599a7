import type { Creation } from '@huismeester/contracts';
import { known, useList } from '../../api/resource.ts';
import { place } from '../../app/router.ts';
import { me, person } from '../../app/session.ts';
import { LogIn } from '../../parts/log-in.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Following } from './following.tsx';
import { unfinished } from './model.ts';
import { NewForm } from './new-form.tsx';
import { MakingCard } from './own-card.tsx';
import './style.css';
import { Lacking } from '../../parts/lacking.tsx';
import { words } from './words.ts';

/** `/vms/new`: makes a VM; `?making=ID` shows how far that is. */
export default function NewVmPage() {
  const text = words.value.new;
  const making = place.value.query.get('making');
  if (person() === undefined) {
    return (
      <Page title={text.title} lead={text.nobody}>
        {me.value === 'nobody' && <LogIn />}
      </Page>
    );
  }
  if (making !== null) return <Following key={making} id={making} />;
  return (
    <Page title={text.title} lead={text.lead}>
      <GoingOn />
      <NewForm />
    </Page>
  );
}

/** What was begun before and is not done: whoever closed the page finds it here. */
function GoingOn() {
  const creations = useList<Creation>('/api/v1/creations', ['vm-lifecycle']);
  const found = unfinished(known(creations) ?? [], person());
  if (found.length === 0) return <Lacking of={creations} />;
  return (
    <Section title={words.value.making}>
      <div class="cards">
        {found.map((each) => (
          <MakingCard key={each.id} making={each} />
        ))}
      </div>
    </Section>
  );
}
