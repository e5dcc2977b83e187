/** The manifests in {@code k8s/}, as an API server would read them and beside the services that they start. */
package com.vibnai.kubernetes;
