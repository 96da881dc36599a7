import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { parseDevFile } from './dev-file.ts';
import { startSimulatedUps } from './simulated-ups.ts';
import { type NutSimulator, startNutSimulator } from './simulator.ts';

interface Settings {
  port: number;
  host: string;
  ups: string;
  dev?: string;
  speed: number;
}

const demoVars = {
  'battery.charge.low': '20',
  'device.mfr': 'Huismeester',
  'device.model': 'Simulated UPS',
  'device.serial': 'SIM-0001',
};

const program = new Command()
  .name('nut-simulator')
  .description('A made-up UPS behind the NUT protocol. Ends on Ctrl-C.')
  .option('--port <port>', 'TCP port to listen on', number(0, 65_535), 3493)
  .option('--host <host>', 'address to listen on', '127.0.0.1')
  .option('--ups <name>', 'name of the UPS', 'demo')
  .option('--dev <file>', 'serve the variables of this NUT recording as they are, instead of a living UPS')
  .option('--speed <factor>', 'how fast time passes for the living UPS', number(0, 100_000), 1);

await run(program.parse().opts<Settings>());

async function run(settings: Settings): Promise<void> {
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const user = { name: 'demo', password: randomBytes(9).toString('base64url') };
  const simulator = settings.dev ? await playRecording(settings, settings.dev) : await playDemo(settings);
  const end = () => void simulator.close();
  process.once('SIGINT', end);
  process.once('SIGTERM', end);

  async function playRecording({ port, host, ups }: Settings, file: string): Promise<NutSimulator> {
    const vars = parseDevFile(await readFile(file, 'utf8'));
    const served = await startNutSimulator({ port, host, users: [user], upses: [{ name: ups, vars }] });
    print(`serving ${ups}@${served.host}:${served.port}, ${Object.keys(vars).length} variables of ${file}`);
    print(`  change one: upsrw -s ups.status="OB DISCHRG" ${login(served)}`);
    return served;
  }

  async function playDemo({ port, host, ups, speed }: Settings): Promise<NutSimulator> {
    const commands = {
      'simulator.mains.off': () => living.powerCut(),
      'simulator.mains.on': () => living.mainsBack(),
    };
    const served = await startNutSimulator({
      port,
      host,
      users: [user],
      upses: [{ name: ups, description: 'A simulated UPS', vars: demoVars, commands }],
    });
    const living = startSimulatedUps(served, { name: ups, speed });
    print(`serving ${ups}@${served.host}:${served.port}, a simulated UPS, time runs at ${speed}x`);
    print(`  cut the power: upscmd ${login(served)} simulator.mains.off`);
    print(`  mains back:    upscmd ${login(served)} simulator.mains.on`);
    return served;
  }

  function login({ host, port }: NutSimulator): string {
    return `-u ${user.name} -p ${user.password} ${settings.ups}@${host}:${port}`;
  }
}

function number(lowest: number, highest: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && value >= lowest && value <= highest) return value;
    throw new InvalidArgumentError(`expected a number from ${lowest} to ${highest}.`);
  };
}
