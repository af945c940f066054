import type { Model } from '../model.ts';
import generatedTpl from '../templates/_generated.tpl.hbs?raw';
import helpersTpl from '../templates/_helpers.tpl?raw';
import hookTpl from '../templates/_hook.tpl?raw';
import hookPodTpl from '../templates/_hook-pod.tpl?raw';
import manualTpl from '../templates/_manual.tpl?raw';
import networkPolicyTpl from '../templates/_network-policy.tpl?raw';
import notesTpl from '../templates/_notes.tpl?raw';
import validationsTpl from '../templates/_validations.tpl?raw';
import validationsAccessTpl from '../templates/_validations-access.tpl?raw';
import validationsAvailabilityTpl from '../templates/_validations-availability.tpl?raw';
import validationsCollectorTpl from '../templates/_validations-collector.tpl?raw';
import validationsJaegerTpl from '../templates/_validations-jaeger.tpl?raw';
import validationsJobsTpl from '../templates/_validations-jobs.tpl?raw';
import validationsPipelinesTpl from '../templates/_validations-pipelines.tpl?raw';
import validationsPortsTpl from '../templates/_validations-ports.tpl?raw';
import validationsQueueTpl from '../templates/_validations-queue.tpl?raw';
import validationsSpaceliftTpl from '../templates/_validations-spacelift.tpl?raw';
import validationsStorageTpl from '../templates/_validations-storage.tpl?raw';
import warningsTpl from '../templates/_warnings.tpl?raw';
import badgerClaim from '../templates/badger-claim.yaml?raw';
import helmignore from '../templates/helmignore?raw';
import hookConnect from '../templates/hook/connect.yaml?raw';
import hookDisconnect from '../templates/hook/disconnect.yaml?raw';
import hookManual from '../templates/hook/manual.yaml?raw';
import hookMove from '../templates/hook/move.yaml?raw';
import hookRbac from '../templates/hook/rbac.yaml?raw';
import hookReconcile from '../templates/hook/reconcile.yaml?raw';
import hookScripts from '../templates/hook/scripts.yaml?raw';
import hookSettings from '../templates/hook/settings.yaml?raw';
import jaegerDisruptionBudget from '../templates/jaeger-disruption-budget.yaml?raw';
import notes from '../templates/NOTES.txt?raw';
import networkPolicies from '../templates/network-policies.yaml?raw';
import samplingService from '../templates/sampling-service.yaml?raw';
import testsConnection from '../templates/tests/connection.yaml?raw';
import testsVerify from '../templates/tests/verify.yaml?raw';
import uiLoadBalancer from '../templates/ui-load-balancer.yaml?raw';
import validations from '../templates/validations.yaml?raw';
import { banner } from '../text/banner.ts';
import { renderTemplate } from '../text/handlebars.ts';
import type { ChartFile } from './chart-file.ts';

/** Files by their path below `templates/`. */
const VERBATIM: Readonly<Record<string, string>> = {
  '_helpers.tpl': helpersTpl,
  '_hook.tpl': hookTpl,
  '_hook-pod.tpl': hookPodTpl,
  '_manual.tpl': manualTpl,
  '_network-policy.tpl': networkPolicyTpl,
  '_notes.tpl': notesTpl,
  '_validations.tpl': validationsTpl,
  '_validations-access.tpl': validationsAccessTpl,
  '_validations-availability.tpl': validationsAvailabilityTpl,
  '_validations-jaeger.tpl': validationsJaegerTpl,
  '_validations-jobs.tpl': validationsJobsTpl,
  '_validations-pipelines.tpl': validationsPipelinesTpl,
  '_validations-ports.tpl': validationsPortsTpl,
  '_validations-queue.tpl': validationsQueueTpl,
  '_validations-spacelift.tpl': validationsSpaceliftTpl,
  '_validations-storage.tpl': validationsStorageTpl,
  '_validations-collector.tpl': validationsCollectorTpl,
  '_warnings.tpl': warningsTpl,
  'badger-claim.yaml': badgerClaim,
  'hook/connect.yaml': hookConnect,
  'hook/disconnect.yaml': hookDisconnect,
  'hook/manual.yaml': hookManual,
  'hook/move.yaml': hookMove,
  'hook/rbac.yaml': hookRbac,
  'hook/reconcile.yaml': hookReconcile,
  'hook/scripts.yaml': hookScripts,
  'hook/settings.yaml': hookSettings,
  'jaeger-disruption-budget.yaml': jaegerDisruptionBudget,
  'network-policies.yaml': networkPolicies,
  'NOTES.txt': notes,
  'sampling-service.yaml': samplingService,
  'tests/connection.yaml': testsConnection,
  'tests/verify.yaml': testsVerify,
  'ui-load-balancer.yaml': uiLoadBalancer,
  'validations.yaml': validations,
};

/**
 * `templates/`: Go text, taken over as it is. What is known at build time reaches it through one generated file
 * of `define`s, so that no Go text is ever templated.
 */
export function templates(model: Model): ChartFile[] {
  const generated = renderTemplate('_generated.tpl.hbs', generatedTpl, model);
  const files = Object.entries({ '_generated.tpl': generated, ...VERBATIM }).map(([name, text]) => ({
    path: `templates/${name}`,
    content: banner('go-template') + text,
  }));
  return [...files, { path: '.helmignore', content: banner('hash') + helmignore }];
}
