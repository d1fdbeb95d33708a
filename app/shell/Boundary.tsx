import { Component, type ReactNode } from 'react';
import type { EngineError } from '../../src/engine/protocol';
import { errorOf } from '../store/connection';
import { ErrorBlock } from './ErrorNotice';

interface Props { readonly children: ReactNode }
interface State { readonly error: EngineError | undefined }

/** A mistake while a part is drawn, or a part that cannot be fetched, stays in its place: header and other screens go on. */
export class Boundary extends Component<Props, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(failure: unknown): State {
    return { error: errorOf(failure) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === undefined ? this.props.children : <ErrorBlock error={error} onDismiss={() => { this.setState({ error: undefined }); }} />;
  }
}
