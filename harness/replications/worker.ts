import { simulate } from '../../model/simulator/kernel/simulate.ts';
import { serveSimulations } from './serve-simulations.ts';

serveSimulations(simulate);
