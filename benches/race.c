/* Times whole programs side by side: A B C, B C A, C A B, ... so that a busy machine is unfair to none of them.
 *
 *   race TITLE ROUNDS -- LABEL PROGRAM ARGUMENT... -- LABEL PROGRAM ARGUMENT... -- ...
 *
 * `{}` inside an argument becomes the number of the run, so that a program can be given something new to write each
 * time. Standard input is empty, standard output goes to a temporary file. Prints a Markdown table of medians; a
 * ratio is the median over the rounds of (this program / the first one), so compare inside a table only.
 *
 *   wall    from before the start to after the end of the last process
 *   cpu     user and system time, of the program and of all processes that it started
 *   faults  pages that the kernel had to map in, likewise
 *   peak    the largest resident size of a single process
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WARM_UPS = 3 };
enum { WALL, CPU, FAULTS, PEAK, MEASURES };

struct program {
    const char *label;
    char **words;
    int word_count;
    double *runs[MEASURES];
    int status;
};

extern char **environ;

static double milliseconds(struct timeval time) { return time.tv_sec * 1e3 + time.tv_usec / 1e3; }

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

/* The words of a program with the number of the run filled in. The caller frees each word and the list. */
static char **fill(const struct program *program, int run) {
    char **words = calloc(program->word_count + 1, sizeof *words);
    for (int i = 0; i < program->word_count; i++) {
        char *mark = strstr(program->words[i], "{}");
        int head = mark ? mark - program->words[i] : 0;
        if (!mark) words[i] = strdup(program->words[i]);
        else if (asprintf(&words[i], "%.*s%d%s", head, program->words[i], run, mark + 2) < 0) exit(2);
    }
    return words;
}

/* Waits for `child` and, if the kernel hands them over, for the processes that it left behind: a shell does not wait for
 * those in <(...), so their time would be lost. Puts the usage of all into `sum`, and returns the status of `child`. */
static int wait_for_all(pid_t child, struct rusage *sum) {
    struct rusage usage;
    int status, result = 0;
    pid_t ended;
    memset(sum, 0, sizeof *sum);
    while ((ended = wait4(-1, &status, 0, &usage)) > 0) {
        if (ended == child) result = status;
        timeradd(&sum->ru_utime, &usage.ru_utime, &sum->ru_utime);
        timeradd(&sum->ru_stime, &usage.ru_stime, &sum->ru_stime);
        sum->ru_minflt += usage.ru_minflt;
        sum->ru_majflt += usage.ru_majflt;
        if (usage.ru_maxrss > sum->ru_maxrss) sum->ru_maxrss = usage.ru_maxrss;
    }
    return result;
}

static void run_once(struct program *program, int output, int run, int round) {
    char **words = fill(program, run);
    posix_spawn_file_actions_t streams;
    posix_spawn_file_actions_init(&streams);
    posix_spawn_file_actions_addopen(&streams, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&streams, output, 1);
    posix_spawn_file_actions_addopen(&streams, 2, "/dev/null", O_WRONLY, 0);

    pid_t child;
    struct rusage usage;
    double start = now();
    if (posix_spawnp(&child, words[0], &streams, NULL, words, environ)) {
        fprintf(stderr, "race: cannot start %s\n", words[0]);
        exit(2);
    }
    program->status = wait_for_all(child, &usage);
    double end = now();

    if (round >= 0) {
        program->runs[WALL][round] = end - start;
        program->runs[CPU][round] = milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
        program->runs[FAULTS][round] = usage.ru_minflt + usage.ru_majflt;
        program->runs[PEAK][round] = usage.ru_maxrss / 1024.0;
    }
    posix_spawn_file_actions_destroy(&streams);
    if (ftruncate(output, 0)) exit(2);
    lseek(output, 0, SEEK_SET);
    for (int i = 0; words[i]; i++) free(words[i]);
    free(words);
}

static int ascending(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median(const double *values, int count) {
    double sorted[count];
    memcpy(sorted, values, sizeof sorted);
    qsort(sorted, count, sizeof *sorted, ascending);
    return (sorted[count / 2] + sorted[(count - 1) / 2]) / 2;
}

static double median_ratio(const double *values, const double *base, int count) {
    double ratios[count];
    for (int i = 0; i < count; i++) ratios[i] = values[i] / base[i];
    return median(ratios, count);
}

int main(int argc, char **argv) {
    if (argc < 6) return fprintf(stderr, "usage: race TITLE ROUNDS -- LABEL PROGRAM ARGUMENT... -- ...\n"), 2;
    int rounds = atoi(argv[2]), count = 0;
    struct program programs[argc];
    for (int i = 3; i < argc; i++) {
        struct program *program = &programs[count];
        if (strcmp(argv[i], "--") == 0) {
            *program = (struct program){.label = argv[i + 1], .words = argv + i + 2};
            for (int m = 0; m < MEASURES; m++) program->runs[m] = calloc(rounds, sizeof(double));
            i++, count++;
        } else {
            programs[count - 1].word_count++;
        }
    }

#ifdef __linux__
    prctl(PR_SET_CHILD_SUBREAPER, 1);
#endif
    FILE *output = tmpfile();
    if (!output || rounds < 1) return 2;
    int run = 0;
    for (int round = -WARM_UPS; round < rounds; round++)
        for (int i = 0; i < count; i++)
            run_once(&programs[(i + round + WARM_UPS) % count], fileno(output), run++, round);

    printf("\n**%s** (medians of %d interleaved rounds)\n\n", argv[1], rounds);
    printf("| program | wall ms | x first | cpu ms | x first | faults | peak MiB |\n|---|---:|---:|---:|---:|---:|---:|\n");
    for (int i = 0; i < count; i++) {
        double **runs = programs[i].runs;
        printf("| %s | %.2f | %.2f | %.2f | %.2f | %.0f | %.1f |", programs[i].label, median(runs[WALL], rounds),
               median_ratio(runs[WALL], programs[0].runs[WALL], rounds), median(runs[CPU], rounds),
               median_ratio(runs[CPU], programs[0].runs[CPU], rounds), median(runs[FAULTS], rounds),
               median(runs[PEAK], rounds));
        printf(programs[i].status ? " ended with %d\n" : "\n", WEXITSTATUS(programs[i].status));
    }
    return 0;
}
