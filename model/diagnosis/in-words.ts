import { formatInBaseUnit, formatNumber } from '../units/format.ts';

export const inNumber = (value: number): string => formatNumber(value, 3);
export const inPercent = (share: number): string => `${formatNumber(share * 100, 3)} %`;
export const inTime = (seconds: number): string => formatInBaseUnit(seconds, 's');
