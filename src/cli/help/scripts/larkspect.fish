# Completes larkspect in fish: larkspect itself says what may stand there.
function __larkspect_complete
    set -l words (commandline --cut-at-cursor --current-process --tokenize)
    set -l typed (commandline --cut-at-cursor --current-token)
    set -l before (string match --regex '^(?:(?:--)?[a-z-]+=)?' -- "$typed")
    set -l value (string replace --regex '^(?:--)?[a-z-]+=' '' -- "$typed")
    set -l program $words[1]
    set --erase words[1]
    for line in (command $program __complete $words "$typed" 2>/dev/null)
        switch $line
            case ':files*'
                string replace --regex '^' -- "$before" (__fish_complete_path "$value")
            case ':folders*'
                string replace --regex '^' -- "$before" (__fish_complete_directories "$value")
            case '*'
                echo $line
        end
    end
end
complete -c larkspect --no-files --keep-order --arguments '(__larkspect_complete)'
