import { IDENTIFIER_PREFIXES } from '../../src/units/identifier-prefixes.ts';

export type Region =
  'north' | 'mountains' | 'north-centre' | 'south-centre' | 'highlands' | 'south-east' | 'delta';

/**
 * The generator's figures about a former province. Tax-office digits and weights (thousand persons) are
 * remembered, not read in a public text.
 */
export interface PrefixFacts {
  readonly prefix: string;
  readonly provinceCode: string;
  readonly taxOffice: string;
  readonly region: Region;
  readonly weight: number;
}

// prettier-ignore
const FACTS: Readonly<Record<string, readonly [taxOffice: string, region: Region, weight: number]>> = {
  '001': ['01', 'north', 8053], '002': ['51', 'mountains', 855], '004': ['48', 'mountains', 530],
  '006': ['47', 'mountains', 314], '008': ['50', 'mountains', 785], '010': ['53', 'mountains', 730],
  '011': ['56', 'mountains', 599], '012': ['62', 'mountains', 460], '014': ['55', 'mountains', 1248],
  '015': ['52', 'mountains', 821], '017': ['54', 'mountains', 854], '019': ['46', 'mountains', 1287],
  '020': ['49', 'mountains', 782], '022': ['57', 'north', 1320], '024': ['24', 'north', 1804],
  '025': ['26', 'north', 1463], '026': ['25', 'north', 1151], '027': ['23', 'north', 1369],
  '030': ['08', 'north', 1892], '031': ['02', 'north', 2029], '033': ['09', 'north', 1253],
  '034': ['10', 'north', 1860], '035': ['07', 'north', 853], '036': ['06', 'north', 1780],
  '037': ['27', 'north', 983], '038': ['28', 'north-centre', 3640], '040': ['29', 'north-centre', 3328],
  '042': ['30', 'north-centre', 1289], '044': ['31', 'north-centre', 895], '045': ['32', 'north-centre', 632],
  '046': ['33', 'north-centre', 1128], '048': ['04', 'south-centre', 1134], '049': ['40', 'south-centre', 1496],
  '051': ['43', 'south-centre', 1232], '052': ['41', 'south-centre', 1487], '054': ['44', 'south-centre', 873],
  '056': ['42', 'south-centre', 1231], '058': ['45', 'south-centre', 591], '060': ['34', 'south-centre', 1231],
  '062': ['61', 'highlands', 540], '064': ['59', 'highlands', 1514], '066': ['60', 'highlands', 1869],
  '067': ['64', 'highlands', 622], '068': ['58', 'highlands', 1297], '070': ['38', 'south-east', 995],
  '072': ['39', 'south-east', 1169], '074': ['37', 'south-east', 2427], '075': ['36', 'south-east', 3097],
  '077': ['35', 'south-east', 1148], '079': ['03', 'south-east', 8993], '080': ['11', 'delta', 1688],
  '082': ['12', 'delta', 1764], '083': ['13', 'delta', 1288], '084': ['21', 'delta', 1009],
  '086': ['15', 'delta', 1023], '087': ['14', 'delta', 1599], '089': ['16', 'delta', 1908],
  '091': ['17', 'delta', 1723], '092': ['18', 'delta', 1235], '093': ['63', 'delta', 733],
  '094': ['22', 'delta', 1200], '095': ['19', 'delta', 907], '096': ['20', 'delta', 1195],
};

/** The figures in the order of IDENTIFIER_PREFIXES. */
export const PREFIXES: readonly PrefixFacts[] = IDENTIFIER_PREFIXES.map(({ prefix, provinceCode }) => {
  const facts = FACTS[prefix];
  if (facts === undefined) throw new Error(`no facts about prefix ${prefix}`);
  const [taxOffice, region, weight] = facts;
  return { prefix, provinceCode, taxOffice, region, weight };
});
