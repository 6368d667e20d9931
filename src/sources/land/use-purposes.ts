/** Land-use purpose codes of the cadastral tables, before and since Circular 08/2024/TT-BTNMT (its additions are modelled). */
const PURPOSE_CODES = new Set(
  (
    'LUC LUK LUN BHK NHK HNK CLN RSX RPH RDD NTS CNT LMU NKH ONT ODT TSC DTS DVH DYT DGD DTT DKH DXH ' +
    'DNG DSK CQP CAN SKK SKN SKT TMD SKC SKS SKX DGT DTL DDT DDL DSH DKV DNL DBV DCH DRA DCK TON TIN ' +
    'NTD SON MNC PNK BCS DCS NCS'
  ).split(' '),
);

export function readPurposeCode(raw: unknown): string | undefined {
  return typeof raw === 'string' && PURPOSE_CODES.has(raw) ? raw : undefined;
}
