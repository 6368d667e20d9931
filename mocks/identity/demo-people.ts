import type { Country } from '../country/country.ts';
import type { TokenRequest } from './mint-token.ts';

/** An account that may sign in to the demo's console. */
export interface DemoPerson {
  readonly account: string;
  readonly name: string;
  /** Shown beside the name. */
  readonly role: string;
  /** The application that the account belongs to decides the kind of caller. */
  readonly token: Pick<TokenRequest, 'clientId' | 'sub' | 'unit' | 'officerPersonalId'>;
}

/** Officers who may sign in; each belongs to the client that is named first. */
export const DEMO_OFFICERS: readonly DemoPerson[] = [
  person('auditor', 'kiem.toan.01', 'Nguyễn Thị Kiểm', 'Kiểm tra viên · auditor'),
  person('population-owner', 'chu.quan.01', 'Trần Văn Quản', 'Chủ quản CSDL dân cư · register owner'),
  person('centre', 'dieu.hanh.01', 'Lê Thị Trực', 'Trung tâm điều hành · command centre'),
  person('inspectorate', 'le.van.an', 'Lê Văn An', 'Cán bộ thanh tra (không có trang) · agency officer'),
];

const CITIZENS = 3;

/** The people to choose from: officers, and citizens of the country whom the `people` command prints too. */
export function demoPeople(country: Pick<Country, 'people'>): readonly DemoPerson[] {
  const citizens = country
    .people({ with: ['land', 'business', 'marriage'] })
    .take(CITIZENS)
    .toArray();
  return [
    ...DEMO_OFFICERS,
    ...citizens.map(({ personalId }, place) => ({
      account: `citizen-${place + 1}`,
      name: `Công dân ${personalId}`,
      role: 'Công dân · citizen',
      token: { clientId: 'vneid', sub: personalId },
    })),
  ];
}

function person(clientId: string, sub: string, name: string, role: string): DemoPerson {
  return { account: sub, name, role, token: { clientId, sub } };
}
