import { Page } from '../../parts/page.tsx';
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
      <Services />
      <DeadLetters />
      <AsRead />
    </Page>
  );
}
