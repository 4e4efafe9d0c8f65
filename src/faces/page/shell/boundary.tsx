import { Component, type ReactNode } from "react";
import { Failure } from "./states.tsx";

interface Props {
  readonly children: ReactNode;
}

/** Keeps a fault of one room from taking the whole page down. */
export class Boundary extends Component<Props, { readonly error: Error | undefined }> {
  override state = { error: undefined };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return <Failure error={error} again={() => this.setState({ error: undefined })} />;
  }
}
