import { may } from '../../app/session.ts';
import { Page, Section } from '../../parts/page.tsx';
import { common } from '../../words/common.ts';
import { AsRead } from './as-read.tsx';
import { DeadLetters } from './dead-letters.tsx';
import { Holds } from './holds.tsx';
import { Rules } from './rules.tsx';
import { Services } from './services.tsx';
import './style.css';
import { words } from './words.ts';

/** `/settings`: what is armed, what is on hold, and how the program is. */
export default function SettingsPage() {
  return (
    <Page title={common.value.pages.settings} lead={words.value.lead}>
      <Rules />
      <Holds />
      {may('infrateam', 'administrator') ? (
        <>
          <Services />
          <DeadLetters />
          <AsRead />
        </>
      ) : (
        <Section title={words.value.services}>
          <p class="note calm">{words.value.servicesFor}</p>
        </Section>
      )}
    </Page>
  );
}
