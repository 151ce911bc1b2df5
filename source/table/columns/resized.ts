/** Copies a column into a longer array, which it returns. */
export const resized = <Column extends Float64Array | Int32Array | Uint32Array>(column: Column, longer: Column): Column => {
	longer.set(column);
	return longer;
};
