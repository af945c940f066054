/** A variable of the pod's environment, as the configurations of both programs name it; they put its text in at a start. */
export const fromEnv = (variable: string) => `\${env:${variable}}`;

/** The pod's own address, by a variable that the collector's chart sets. */
export const POD_IP = fromEnv('MY_POD_IP');
