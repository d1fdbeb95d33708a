import type { ReactNode } from 'react';
import { Part } from '../lesson/Part';
import { strings } from '../strings';
import { Spot } from '../tour/Spot';
import { LedgerPanel } from './LedgerPanel';
import { ModelPanels } from './ModelPanels';
import { OwnPanel } from './OwnPanel';
import { RecipePanel } from './RecipePanel';
import css from './FuseView.module.css';

/** What is fused, and how. */
export function FuseView(): ReactNode {
  return (
    <div className={css['fuse']}>
      <div className={css['models']}>
        <h1 tabIndex={-1}>{strings.fuse.title}</h1>
        <Spot name="models"><ModelPanels /></Spot>
      </div>
      <div className={css['recipe']}><RecipePanel /></div>
      <div className={css['ledger']}><LedgerPanel /></div>
      <div className={css['own']}><Part name="own"><OwnPanel /></Part></div>
    </div>
  );
}
