/*
 * What io_uring leaves to win: a TCP echo server of one thread, on the system calls themselves.
 * Multishot accept, multishot receive into a ring of provided buffers, one send for each buffer received.
 *
 * usage: uring_echo PORT
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/io_uring.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { ACCEPT = 1, RECV, SEND, SQ_ENTRIES = 4096, CQ_ENTRIES = 16384, BUFFERS = 4096, BUFFER_BYTES = 4096 };

static int ring;
static unsigned *sq_head, *sq_tail, *sq_array, sq_mask;
static unsigned *cq_head, *cq_tail, cq_mask;
static struct io_uring_sqe *sqes;
static struct io_uring_cqe *cqes;
static unsigned to_submit;

static struct io_uring_buf_ring *buffer_ring;
static unsigned short buffer_tail;
static char *buffers;

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void enter(unsigned wait_for)
{
    unsigned flags = wait_for ? IORING_ENTER_GETEVENTS : 0;
    int n = syscall(__NR_io_uring_enter, ring, to_submit, wait_for, flags, NULL, 0);
    if (n >= 0)
        to_submit -= n;
    else if (errno != EINTR && errno != EAGAIN && errno != EBUSY)
        die("io_uring_enter");
}

static struct io_uring_sqe *next_sqe(int op, int opcode, int fd, unsigned buffer)
{
    unsigned tail = *sq_tail;
    while (tail - __atomic_load_n(sq_head, __ATOMIC_ACQUIRE) == SQ_ENTRIES)
        enter(0);
    struct io_uring_sqe *sqe = &sqes[tail & sq_mask];
    memset(sqe, 0, sizeof *sqe);
    sqe->opcode = opcode;
    sqe->fd = fd;
    sqe->user_data = (unsigned long long)op << 56 | (unsigned long long)buffer << 32 | (unsigned)fd;
    sq_array[tail & sq_mask] = tail & sq_mask;
    __atomic_store_n(sq_tail, tail + 1, __ATOMIC_RELEASE);
    to_submit++;
    return sqe;
}

static void arm_accept(int fd)
{
    next_sqe(ACCEPT, IORING_OP_ACCEPT, fd, 0)->ioprio = IORING_ACCEPT_MULTISHOT;
}

static void arm_recv(int fd)
{
    struct io_uring_sqe *sqe = next_sqe(RECV, IORING_OP_RECV, fd, 0);
    sqe->ioprio = IORING_RECV_MULTISHOT;
    sqe->flags = IOSQE_BUFFER_SELECT;
    sqe->buf_group = 1;
}

static void send_back(int fd, unsigned buffer, int length)
{
    struct io_uring_sqe *sqe = next_sqe(SEND, IORING_OP_SEND, fd, buffer);
    sqe->addr = (unsigned long)(buffers + (size_t)buffer * BUFFER_BYTES);
    sqe->len = length;
    sqe->msg_flags = MSG_WAITALL;
}

static void give_buffer(unsigned id)
{
    struct io_uring_buf *buf = &buffer_ring->bufs[buffer_tail++ & (BUFFERS - 1)];
    buf->addr = (unsigned long)(buffers + (size_t)id * BUFFER_BYTES);
    buf->len = BUFFER_BYTES;
    buf->bid = id;
    __atomic_store_n(&buffer_ring->tail, buffer_tail, __ATOMIC_RELEASE);
}

static void open_ring(void)
{
    struct io_uring_params p = {
        .flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN | IORING_SETUP_CQSIZE,
        .cq_entries = CQ_ENTRIES,
    };
    ring = syscall(__NR_io_uring_setup, SQ_ENTRIES, &p);
    if (ring < 0)
        die("io_uring_setup");
    size_t sq_bytes = p.sq_off.array + p.sq_entries * sizeof(unsigned);
    size_t cq_bytes = p.cq_off.cqes + p.cq_entries * sizeof(struct io_uring_cqe);
    int prot = PROT_READ | PROT_WRITE, flags = MAP_SHARED | MAP_POPULATE;
    char *sq = mmap(NULL, sq_bytes, prot, flags, ring, IORING_OFF_SQ_RING);
    char *cq = mmap(NULL, cq_bytes, prot, flags, ring, IORING_OFF_CQ_RING);
    sqes = mmap(NULL, p.sq_entries * sizeof *sqes, prot, flags, ring, IORING_OFF_SQES);
    if (sq == MAP_FAILED || cq == MAP_FAILED || sqes == MAP_FAILED)
        die("mmap of the ring");
    sq_head = (unsigned *)(sq + p.sq_off.head);
    sq_tail = (unsigned *)(sq + p.sq_off.tail);
    sq_mask = *(unsigned *)(sq + p.sq_off.ring_mask);
    sq_array = (unsigned *)(sq + p.sq_off.array);
    cq_head = (unsigned *)(cq + p.cq_off.head);
    cq_tail = (unsigned *)(cq + p.cq_off.tail);
    cq_mask = *(unsigned *)(cq + p.cq_off.ring_mask);
    cqes = (struct io_uring_cqe *)(cq + p.cq_off.cqes);
}

static void open_buffers(void)
{
    buffers = aligned_alloc(4096, (size_t)BUFFERS * BUFFER_BYTES);
    buffer_ring = aligned_alloc(4096, BUFFERS * sizeof(struct io_uring_buf));
    if (!buffers || !buffer_ring)
        die("aligned_alloc");
    memset(buffer_ring, 0, BUFFERS * sizeof(struct io_uring_buf));
    struct io_uring_buf_reg reg = {
        .ring_addr = (unsigned long)buffer_ring, .ring_entries = BUFFERS, .bgid = 1};
    if (syscall(__NR_io_uring_register, ring, IORING_REGISTER_PBUF_RING, &reg, 1) < 0)
        die("io_uring_register");
    for (int i = 0; i < BUFFERS; i++)
        give_buffer(i);
}

static int listen_on(int port)
{
    int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, 1024))
        die("bind");
    return fd;
}

static void handle(const struct io_uring_cqe *cqe, int listener)
{
    int op = cqe->user_data >> 56, fd = (int)(cqe->user_data & 0xffffffff), one = 1;
    unsigned buffer = cqe->user_data >> 32 & 0xffff;
    switch (op) {
    case ACCEPT:
        if (cqe->res >= 0) {
            setsockopt(cqe->res, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
            arm_recv(cqe->res);
        }
        if (!(cqe->flags & IORING_CQE_F_MORE))
            arm_accept(listener);
        break;
    case RECV:
        if (cqe->res > 0) {
            send_back(fd, cqe->flags >> IORING_CQE_BUFFER_SHIFT, cqe->res);
            if (!(cqe->flags & IORING_CQE_F_MORE))
                arm_recv(fd);
        } else if (cqe->res == -ENOBUFS) {
            arm_recv(fd);
        } else {
            close(fd);
        }
        break;
    case SEND:
        give_buffer(buffer);
        break;
    }
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: uring_echo PORT\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    open_ring();
    open_buffers();
    int listener = listen_on(atoi(argv[1]));
    arm_accept(listener);
    printf("listening on 127.0.0.1:%s\n", argv[1]);
    fflush(stdout);
    for (;;) {
        enter(1);
        unsigned head = *cq_head;
        while (head != __atomic_load_n(cq_tail, __ATOMIC_ACQUIRE)) {
            handle(&cqes[head & cq_mask], listener);
            __atomic_store_n(cq_head, ++head, __ATOMIC_RELEASE);
        }
    }
}
