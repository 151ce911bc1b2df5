import type {World} from '../../fields/model/field.js';
import type {Sieve} from './sieve.js';

/** Binds a filter to the columns as they are now. What it gives is good until the table changes. */
export type Binder = (world: World) => Sieve;
