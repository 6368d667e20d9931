/** One province's communes, as the tables in communes/ hold them: province code, then code and full name of each. */
export type ProvinceCommunes = readonly [
  provinceCode: string,
  communes: readonly (readonly [code: string, name: string])[],
];
