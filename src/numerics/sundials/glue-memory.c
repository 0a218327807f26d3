/* Memory: blocks from sbrk for whoever asks, and arenas in which SUNDIALS' malloc works.
 *
 * Every solver lives in an arena of its own: all that SUNDIALS allocates for it lies in one stretch of memory.
 * A snapshot is therefore one copy of that stretch, a restore one copy back, and disposal frees it whole.
 */
#include "glue.h"
#include <unistd.h>

/* ---- blocks: power-of-two stretches from sbrk, with one free list a size ------------------------------------- */

typedef struct Block {
  struct Block *next;
  uint32_t class;
  uint32_t pad[2];
} Block;

static Block *free_blocks[32];

/* sbrk starts wherever the static data end; blocks begin on multiples of 64 bytes. */
static void *fresh_block(size_t bytes) {
  static int aligned = 0;
  if (!aligned) {
    uintptr_t end = (uintptr_t)sbrk(0);
    if (sbrk((intptr_t)(-end & 63)) == (void *)-1) return NULL;
    aligned = 1;
  }
  void *fresh = sbrk((intptr_t)bytes);
  return fresh == (void *)-1 ? NULL : fresh;
}

EXPORT("allocate") void *allocate(size_t bytes) {
  uint32_t class = 6;
  while (((size_t)1 << class) < bytes + sizeof(Block)) {
    if (++class > 30) return NULL;
  }
  Block *block = free_blocks[class];
  if (block != NULL) {
    free_blocks[class] = block->next;
  } else {
    block = fresh_block((size_t)1 << class);
    if (block == NULL) return NULL;
    block->class = class;
  }
  return block + 1;
}

EXPORT("release") void release(void *memory) {
  if (memory == NULL) return;
  Block *block = (Block *)memory - 1;
  block->next = free_blocks[block->class];
  free_blocks[block->class] = block;
}

/* ---- arenas: what malloc means while a solver is at work ------------------------------------------------------ */

Arena *current_arena;

void *malloc(size_t bytes) {
  Arena *arena = current_arena;
  if (arena == NULL || bytes > arena->capacity) return NULL;
  size_t grains = (bytes + GRAIN - 1) / GRAIN;
  Piece *piece = grains < SMALL ? arena->vacant[grains] : NULL;
  if (piece != NULL) {
    arena->vacant[grains] = piece->next;
    return piece + 1;
  }
  size_t need = sizeof(Piece) + grains * GRAIN;
  if (need > arena->capacity - arena->used) return NULL;
  piece = (Piece *)((char *)arena + arena->used);
  piece->grains = (uint32_t)grains;
  arena->used += need;
  return piece + 1;
}

void free(void *memory) {
  if (memory == NULL || current_arena == NULL) return;
  Piece *piece = (Piece *)memory - 1;
  if (piece->grains >= SMALL) return;
  piece->next = current_arena->vacant[piece->grains];
  current_arena->vacant[piece->grains] = piece;
}

void *calloc(size_t count, size_t size) {
  if (size != 0 && count > SIZE_MAX / size) return NULL;
  void *memory = malloc(count * size);
  return memory == NULL ? NULL : memset(memory, 0, count * size);
}

void *realloc(void *memory, size_t bytes) {
  /* SUNDIALS never grows an allocation; a call would be a change upstream worth a failure. */
  (void)memory;
  (void)bytes;
  return NULL;
}
