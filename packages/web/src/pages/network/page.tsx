import { Page } from '../../parts/page.tsx';
import { common } from '../../words/common.ts';
import { Incidents } from './incidents.tsx';
import { Probes } from './probes.tsx';
import './style.css';
import { Switches } from './switches.tsx';
import { words } from './words.ts';

/** `/network`: incidents with their cause, services with their last day, switches with their ports. `#switch/sw1` is one of them. */
export default function NetworkPage() {
  return (
    <Page title={common.value.pages.network} lead={words.value.lead}>
      <Incidents />
      <Probes />
      <Switches />
    </Page>
  );
}
