/** The manifests in {@code k8s/} and docker-compose.yml, as an API server would read them and beside the services they start. */
package com.vibnai.kubernetes;
