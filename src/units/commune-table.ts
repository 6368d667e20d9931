/**
 * The communes of one province, as the tables in communes/ hold them: the province's code, then code and full
 * name of each commune.
 */
export type ProvinceCommunes = readonly [
  provinceCode: string,
  communes: readonly (readonly [code: string, name: string])[],
];
