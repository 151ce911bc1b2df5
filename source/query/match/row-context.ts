import type {FieldContext} from '../../fields/model/field.js';
import type {Query} from '../query.js';

/** What the rows of a query read: with one row per connection, they also say what is wrong at the other end. */
export const rowContextOf = ({connections}: Pick<Query, 'connections'>, context: FieldContext): FieldContext =>
	connections === true ? {...context, isPerConnection: true} : context;
