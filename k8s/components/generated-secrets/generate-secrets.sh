#!/bin/sh
# Makes the secrets that are not there yet. The keys for people stand in the Secret demo-keys; all others derive from it
# or are random, so a run that was cut short is finished by the next one.
set -eu

token() {
    head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n'
}
digest() {
    printf %s "$1" | sha256sum | cut -d' ' -f1
}
create() {
    name=$1
    shift
    if kubectl get secret "$name" > /dev/null 2>&1; then
        echo "$name is there."
    else
        kubectl create secret generic "$name" "$@"
    fi
}
key() {
    kubectl get secret demo-keys --output="go-template={{ index .data \"$1\" | base64decode }}"
}

create demo-keys \
    --from-literal=server-key="sk_$(token)" --from-literal=read-key="rk_$(token)" \
    --from-literal=admin-key="ak_$(token)" --from-literal=query-key="qk_$(token)" \
    --from-literal=publishable-key="pk_$(token)" --from-literal=signing-secret="$(token)"
create attribution-service \
    --from-literal=server-key-digest="$(digest "$(key server-key)")" \
    --from-literal=read-key-digest="$(digest "$(key read-key)")" \
    --from-literal=admin-key-digest="$(digest "$(key admin-key)")" \
    --from-literal=query-key-digest="$(digest "$(key query-key)")" \
    --from-literal=publishable-keys="$(key publishable-key)" \
    --from-literal=signing-secrets="$(key signing-secret)"
create umami-query-service \
    --from-literal=attribution-key="$(key query-key)" \
    --from-literal=read-key-digest="$(digest "$(key read-key)")"
create read-tokens --from-literal=secret="$(token)"
create attribution-database --from-literal=username=attribution --from-literal=password="$(token)"
create umami-database --from-literal=username=umami_reader --from-literal=password="$(token)"
create umami \
    --from-literal=database-password="$(token)" --from-literal=app-secret="$(token)" \
    --from-literal=admin-password="$(token)"
create postgresql --from-literal=password="$(token)"
