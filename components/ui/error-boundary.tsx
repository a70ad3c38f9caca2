"use client";

import { Component, type ReactNode } from "react";

type ErrorBoundaryProps = {
  /** What is shown in place of children that threw. `retry` draws them again. */
  renderFault: (error: Error, retry: () => void) => ReactNode;
  /** Draws the children again when it changes. */
  resetKey?: string;
  children: ReactNode;
};

type State = { readonly error: Error | null; readonly resetKey: string | undefined };

/** Keeps a fault in drawing one thing from taking the rest of the page with it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, State> {
  override state: State = { error: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(thrown: unknown): Partial<State> {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }

  static getDerivedStateFromProps({ resetKey }: ErrorBoundaryProps, state: State): State | null {
    return resetKey === state.resetKey ? null : { error: null, resetKey };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return this.props.renderFault(error, () => this.setState({ error: null }));
  }
}
