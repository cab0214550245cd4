#!/bin/sh
# Makes the namespace with its retention and the search attributes that the worker asks by, or leaves them as they are.
set -eu
patiently() {
    tries=0
    until "$@"; do
        tries=$((tries + 1))
        [ "$tries" -lt 60 ] || exit 1
        sleep 1 # a server that has begun, or a namespace that was made, is not known everywhere at once
    done
}
patiently temporal operator cluster health >&2
if temporal operator namespace describe --namespace "$NAMESPACE" >/dev/null 2>&1; then
    temporal operator namespace update --namespace "$NAMESPACE" --retention "$RETENTION"
else
    temporal operator namespace create --namespace "$NAMESPACE" --retention "$RETENTION"
fi
present=$(patiently temporal operator search-attribute list --namespace "$NAMESPACE")
for pair in CycleKind:Keyword NextWakeAt:Datetime; do
    case "$present" in
        *"${pair%%:*}"*) ;;
        *)
            patiently temporal operator search-attribute create --namespace "$NAMESPACE" \
                --name "${pair%%:*}" --type "${pair##*:}"
            ;;
    esac
done
