"""The system calls that a submission may make; all others are denied by the kernel.

An allow-list: what is not here can't hold memory or anything else that no limit counts (queues, keys,
watches, timers, shared segments, files that lie nowhere or, as sendmsg can do it, are on their way in a
socket), and a call that a later kernel brings is denied
until somebody has looked at it. Numbers: arch/x86/entry/syscalls/syscall_64.tbl and
include/uapi/asm-generic/unistd.h of Linux. name:x86-64:ARM64.
"""

import functools

TABLE = {
    "files": """
    read:0:63 write:1:64 open:2:- close:3:57 stat:4:- fstat:5:80 lstat:6:- newfstatat:262:79 statx:332:291
    poll:7:- ppoll:271:73 lseek:8:62 pread64:17:67 pwrite64:18:68 readv:19:65 writev:20:66 preadv:295:69
    pwritev:296:70 preadv2:327:286 pwritev2:328:287 access:21:- faccessat:269:48 faccessat2:439:439
    dup:32:23 dup2:33:- dup3:292:24 fcntl:72:25 fsync:74:82 fdatasync:75:83
    sync_file_range:277:84 truncate:76:45 ftruncate:77:46 fallocate:285:47 getdents:78:- getdents64:217:61
    getcwd:79:17 chdir:80:49 fchdir:81:50 rename:82:- renameat:264:38 renameat2:316:276 mkdir:83:-
    mkdirat:258:34 rmdir:84:- creat:85:- link:86:- linkat:265:37 unlink:87:- unlinkat:263:35 symlink:88:-
    symlinkat:266:36 readlink:89:- readlinkat:267:78 chmod:90:- fchmod:91:52 fchmodat:268:53 chown:92:-
    fchown:93:55 lchown:94:- fchownat:260:54 umask:95:166 utime:132:- utimes:235:- utimensat:280:88
    futimesat:261:- mknod:133:- mknodat:259:33 openat:257:56 openat2:437:437 close_range:436:436
    statfs:137:43 fstatfs:138:44 sendfile:40:71 copy_file_range:326:285 readahead:187:213 fadvise64:221:223
    ioctl:16:29 getxattr:191:8 lgetxattr:192:9 fgetxattr:193:10 listxattr:194:11 llistxattr:195:12
    flistxattr:196:13 select:23:- pselect6:270:72 epoll_create:213:- epoll_create1:291:20 epoll_ctl:233:21
    epoll_wait:232:- epoll_pwait:281:22 epoll_pwait2:441:441 eventfd:284:- eventfd2:290:19 pipe:22:-
    pipe2:293:59
    """,
    "memory": """
    mmap:9:222 mprotect:10:226 munmap:11:215 brk:12:214 mremap:25:216 msync:26:227 mincore:27:232
    madvise:28:233 membarrier:324:283 pkey_alloc:330:289 pkey_free:331:290 pkey_mprotect:329:288
    """,
    "processes": """
    clone:56:220 fork:57:- vfork:58:- execve:59:221 execveat:322:281 exit:60:93 exit_group:231:94
    wait4:61:260 waitid:247:95 kill:62:129 tkill:200:130 tgkill:234:131 getpid:39:172 getppid:110:173
    gettid:186:178 getuid:102:174 geteuid:107:175 getgid:104:176 getegid:108:177 getgroups:115:158
    getresuid:118:148 getresgid:120:150 setpgid:109:154 getpgid:121:155 getpgrp:111:- setsid:112:157
    getsid:124:156 pidfd_open:434:434 pidfd_send_signal:424:424 set_tid_address:218:96
    set_robust_list:273:99 get_robust_list:274:100 futex:202:98 futex_waitv:449:449 rseq:334:293
    sched_yield:24:124 sched_getaffinity:204:123 sched_getparam:143:121 sched_getscheduler:145:120
    sched_getattr:315:275 sched_get_priority_max:146:125 sched_get_priority_min:147:126
    sched_rr_get_interval:148:127 getpriority:140:141 setpriority:141:140 getcpu:309:168 prctl:157:167
    arch_prctl:158:- getrlimit:97:163 setrlimit:160:164 prlimit64:302:261 getrusage:98:165 capget:125:90
    """,
    "signals": """
    rt_sigaction:13:134 rt_sigprocmask:14:135 rt_sigreturn:15:139 rt_sigpending:127:136
    rt_sigtimedwait:128:137 rt_sigsuspend:130:133 rt_sigqueueinfo:129:138 rt_tgsigqueueinfo:297:240
    sigaltstack:131:132 signalfd:282:- signalfd4:289:74 pause:34:- alarm:37:- getitimer:36:102
    setitimer:38:103 restart_syscall:219:128
    """,
    "time and system": """
    nanosleep:35:101 clock_nanosleep:230:115 clock_gettime:228:113 clock_getres:229:114 gettimeofday:96:169
    time:201:- times:100:153 uname:63:160 sysinfo:99:179 getrandom:318:278
    """,
    "pairs of sockets": """
    socketpair:53:199 sendto:44:206 recvfrom:45:207 recvmsg:47:212 recvmmsg:299:243 shutdown:48:210 getsockopt:55:209 getsockname:51:204 getpeername:52:205
    """,
}
KNOWN = (
    450  # calls up to this number are denied as forbidden, later ones as unknown, which C libraries cope with
)


def allowed(column: int) -> list[int]:
    """The numbers on x86-64 (column 0) or ARM64 (1), in rising order."""
    calls = [call.split(":")[1:] for words in TABLE.values() for call in words.split()]
    return sorted(int(numbers[column]) for numbers in calls if numbers[column] != "-")


@functools.cache
def number(name: str, column: int) -> int:
    """The number of one call."""
    calls = {call.split(":")[0]: call.split(":")[1:] for words in TABLE.values() for call in words.split()}
    return int(calls[name][column])
