import { readFileSync } from 'node:fs';

/** The contract's citizen. */
export const CITIZEN = readFileSync(
  new URL('../../schema/operations/citizen.graphql', import.meta.url),
  'utf8',
);

/** The same for many at once. */
export const CITIZENS = CITIZEN.replace('$personalId: ID!', '$personalIds: [ID!]!')
  .replace(
    'citizen(personalId: $personalId) {',
    'citizens(personalIds: $personalIds) { personalId status citizen {',
  )
  .replace(/\}\s*$/, '} }');

const IDENTITY = 'personalId name { full } birthDate sex';
const PARTY = `name person { ${IDENTITY} } organisation { code name { vi } status }`;
const ENTERPRISE = `code name { vi } status legalRepresentatives { title person { ${IDENTITY} } } owners { ${PARTY} }`;
const PARCEL = `id sheetNo parcelNo area uses { purposeCode area } holders { role ${PARTY} } certificates { serial issuedOn }`;
const CERTIFICATE = `serial issuedOn holders { role ${PARTY} } parcels { id sheetNo parcelNo area }`;
const ROW = `${IDENTITY} permanentResidence { full provinceCode communeCode }
  household { members { relationToHead person { ${IDENTITY} } } }
  birth { entryNo registeredOn place mother { ${IDENTITY} } father { ${IDENTITY} } }
  death { entryNo registeredOn date } landParcels { ${PARCEL} } businesses { ${ENTERPRISE} }`;
const MARRIED = `${ROW} marriages { entryNo registeredOn spouse { ${IDENTITY} } }`;

/** What the inspectorate is granted: the row, and under the spouse the row again; of other roots as much. */
export const ROW_AND_SPOUSE = `query RowAndSpouse($id: ID!) { citizen(personalId: $id) {
  ${ROW} marriages { entryNo registeredOn spouse { ${MARRIED} } } } }`;
export const BUSINESS = `query Company($id: ID!) { business(code: $id) { ${ENTERPRISE} landParcels { ${PARCEL} } } }`;
export const LAND_PARCEL = `query Parcel($id: ID!) { landParcel(id: $id) {
  ${PARCEL} holders { person { ${MARRIED} } organisation { ${ENTERPRISE} } } certificates { ${CERTIFICATE} } } }`;
export const LAND_CERTIFICATE = `query Certificate($id: ID!) { landCertificate(serial: $id) {
  ${CERTIFICATE} holders { person { ${MARRIED} } } parcels { ${PARCEL} } } }`;
