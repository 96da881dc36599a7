// A NUT simulator with UPS_COUNT UPSes in a process of its own, so that its work is not counted as the service's. SIGUSR2
// cuts the mains of all of them at once, and the next one brings them back; each is printed with its time, ms since 1970.
import { startNutSimulator, startSimulatedUps } from '@huismeester/simulators';

const names = Array.from({ length: Number(process.env.UPS_COUNT ?? 1) }, (_, index) => `u${index}`);
const vars = {
  'device.mfr': 'Huismeester',
  'device.model': 'Simulated UPS',
  'ups.mfr': 'Huismeester',
  'ups.model': 'Simulated UPS',
  'ups.realpower': '210',
  'ups.serial': 'SIM-0001',
  'battery.charge.low': '20',
  'battery.voltage': '27.1',
  'input.transfer.low': '180',
  'input.transfer.high': '270',
};
const upses = names.map((name) => ({ name, vars }));
const simulator = await startNutSimulator({ upses });
const living = names.map((name) => startSimulatedUps(simulator, { name }));
let onMains = true;
process.on('SIGUSR2', () => {
  onMains = !onMains;
  for (const ups of living) {
    if (onMains) ups.mainsBack();
    else ups.powerCut();
  }
  process.stdout.write(`${onMains ? 'back' : 'cut'} at ${Date.now()}\n`);
});
// How many questions were answered, so that the cost of one can be told on a machine that is busy with other things.
process.on('SIGHUP', () => process.stdout.write(`answered ${simulator.answered}\n`));
process.stdout.write(`listening on ${simulator.port}\n`);
