#!/bin/sh
# Makes the namespace with its retention and the search attributes that the worker asks by, or leaves them as they are.
set -eu
if temporal operator namespace describe --namespace "$NAMESPACE" >/dev/null 2>&1; then
    temporal operator namespace update --namespace "$NAMESPACE" --retention "$RETENTION"
else
    temporal operator namespace create --namespace "$NAMESPACE" --retention "$RETENTION"
fi
present=$(temporal operator search-attribute list --namespace "$NAMESPACE")
for pair in CycleKind:Keyword NextWakeAt:Datetime; do
    case "$present" in
        *"${pair%%:*}"*) ;;
        *)
            temporal operator search-attribute create --namespace "$NAMESPACE" --name "${pair%%:*}" --type "${pair##*:}"
            ;;
    esac
done
