import { findUnitOn } from '../../units/administrative-unit.ts';
import { resolveAddress } from '../../units/resolve-address.ts';
import { vietNamDay } from '../../log-format/viet-nam-time.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';

const DAY = { value: 'DAY', meaning: 'day of the unit or address, such as 2025-06-30' } as const;

export const showUnitCommand = buildSubcommand({
  details:
    'Prints as JSON the administrative unit that had a code on a day, with what it went into and what it was made of.',
  arguments: [['<code>', 'two, three or five digits']],
  options: { on: { ...DAY, meaning: `${DAY.meaning}; today where left out` } },
  run: ({ on }, [code = '']) => {
    const unit = findUnitOn(code, on ?? vietNamDay(Date.now()));
    return { output: JSON.stringify(unit, undefined, 2), status: unit ? 0 : 1 };
  },
});

export const resolveUnitCommand = buildSubcommand({
  details: `Prints as JSON the commune of today for an address of any time, or all candidates. An address is written with its province
last, as "Phường Cống Vị, Quận Ba Đình, Hà Nội", or is a commune's code.`,
  arguments: [['<address>', 'as it is written, or a code of five digits']],
  options: { on: DAY, land: { meaning: 'the place of a parcel, not a residence' } },
  run: ({ on, land }, [address = '']) => {
    const isCode = /^\d{5}$/.test(address);
    const resolved = resolveAddress({
      ...(isCode ? { communeCode: address } : { text: address }),
      on,
      use: land ? 'land' : 'residence',
    });
    return { output: JSON.stringify(resolved, undefined, 2), status: resolved.status === 'resolved' ? 0 : 1 };
  },
});
