# Completes larkspect in bash: larkspect itself says what may stand there.
_larkspect() {
    local IFS=$'\n' line kind=
    COMPREPLY=()
    while IFS= read -r line; do
        case $line in
            :files*) kind=-f ;;
            :folders*) kind=-d ;;
            *) COMPREPLY+=("${line%%$'\t'*}") ;;
        esac
    done < <("$1" __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    if [[ -n $kind ]]; then
        # So that blanks are escaped and directories end in a slash.
        compopt -o filenames 2>/dev/null
        COMPREPLY+=($(compgen "$kind" -- "$2"))
    elif [[ ${#COMPREPLY[@]} -gt 0 && ${COMPREPLY[0]} == *= ]]; then
        # A value is still to come.
        compopt -o nospace 2>/dev/null
    fi
}
complete -F _larkspect larkspect
