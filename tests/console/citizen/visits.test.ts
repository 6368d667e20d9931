import { expect, it } from 'vitest';
import { overviewOf, visitsOf } from '../../../src/console/citizen/visits.ts';
import type { MyAccess } from '../../../src/console/proof/check-access.ts';

function look(time: string, given: Partial<MyAccess> = {}): MyAccess {
  return {
    time,
    text: null,
    agency: 'Ủy ban nhân dân phường Hoàn Kiếm',
    purpose: 'social-assistance',
    purposeWords: 'xét trợ giúp xã hội',
    legalBasis: null,
    legalBasisWords: null,
    case: 'H26-261121-0001',
    outcome: 'DISCLOSED',
    disclosed: [],
    proof: null,
    ...given,
  };
}

it('groups looks of one agency, case and purpose on one day of Viet Nam', () => {
  const visits = visitsOf([
    look('2026-11-21T17:00:00.000Z'),
    look('2026-11-21T03:00:00.000Z'),
    look('2026-11-21T02:59:00.000Z', { case: 'H26-261121-0002' }),
    look('2026-11-20T17:00:00.000Z', { outcome: 'DENIED' }),
  ]);
  // 17:00 in UTC is midnight in Viet Nam.
  expect(visits.map(({ from, to, looks }) => [from, to, looks.length])).toEqual([
    ['2026-11-21T17:00:00.000Z', '2026-11-21T17:00:00.000Z', 1],
    ['2026-11-20T17:00:00.000Z', '2026-11-21T03:00:00.000Z', 2],
    ['2026-11-21T02:59:00.000Z', '2026-11-21T02:59:00.000Z', 1],
  ]);
  expect(visits.map(({ isGiven }) => isGiven)).toEqual([true, true, true]);
  expect(visits[0]).toMatchObject({ purposeText: 'xét trợ giúp xã hội' });
});

it('names what was given by register, each field once, and nothing that the register does not have', () => {
  const part = (register: string, fields: readonly string[], isNone = false) => ({
    register,
    fields,
    coordinates: [],
    isNone,
  });
  const [visit] = visitsOf([
    look('2026-11-21T03:00:01Z', { disclosed: [part('population', ['Ngày sinh', 'Giới tính'])] }),
    look('2026-11-21T03:00:00Z', {
      disclosed: [part('population', ['Ngày sinh']), part('civil-status', ['Khai tử'], true)],
    }),
  ]);
  expect(visit?.given).toEqual([{ register: 'population', fields: ['Ngày sinh', 'Giới tính'] }]);
});

it('counts visits, not looks, and puts the agency with the most first', () => {
  const other = { agency: 'Thanh tra Chính phủ', outcome: 'NOT_FOUND' as const };
  const overview = overviewOf(
    visitsOf([
      look('2026-11-22T05:00:00Z', other),
      look('2026-11-22T03:00:01Z'),
      look('2026-11-22T03:00:00Z'),
      look('2026-11-20T03:00:00Z'),
    ]),
  );
  expect(overview).toEqual({
    visits: 3,
    visitsGiven: 2,
    looks: 4,
    byAgency: [
      { agency: 'Ủy ban nhân dân phường Hoàn Kiếm', visits: 2, last: '2026-11-22T03:00:01Z' },
      { agency: 'Thanh tra Chính phủ', visits: 1, last: '2026-11-22T05:00:00Z' },
    ],
  });
});
