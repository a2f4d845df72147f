//===- Buffer.h - A growable array that reports lack of memory --*- C++ -*-===//
//
// The runtime is linked by plain `cc`, without the C++ library, and must
// survive every failed allocation: so arrays grow through malloc and say
// whether they could. Elements are trivially copyable.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CORE_BUFFER_H
#define SNN_RUNTIME_CORE_BUFFER_H

#include <cassert>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <type_traits>

namespace snn::runtime {

template <typename T>
class Buffer {
  static_assert(std::is_trivially_copyable_v<T>);

public:
  Buffer() = default;
  Buffer(const Buffer &) = delete;
  Buffer &operator=(const Buffer &) = delete;
  Buffer(Buffer &&other) noexcept
      : items(other.items), count(other.count), room(other.room) {
    other.items = nullptr;
    other.count = other.room = 0;
  }
  Buffer &operator=(Buffer &&other) noexcept {
    if (this == &other)
      return *this;
    free(items);
    items = other.items;
    count = other.count;
    room = other.room;
    other.items = nullptr;
    other.count = other.room = 0;
    return *this;
  }
  ~Buffer() { free(items); }

  T *data() { return items; }
  const T *data() const { return items; }
  uint64_t size() const { return count; }
  bool empty() const { return count == 0; }
  T *begin() { return items; }
  T *end() { return items + count; }
  const T *begin() const { return items; }
  const T *end() const { return items + count; }
  T &operator[](uint64_t i) {
    assert(i < count);
    return items[i];
  }
  const T &operator[](uint64_t i) const {
    assert(i < count);
    return items[i];
  }
  T &back() { return (*this)[count - 1]; }

  /// Bytes held, used or not.
  uint64_t capacityBytes() const { return room * sizeof(T); }

  /// Room for `total` elements; false, and nothing changed, without memory.
  [[nodiscard]] bool reserve(uint64_t total) {
    if (total <= room)
      return true;
    uint64_t bytes;
    if (__builtin_mul_overflow(total, sizeof(T), &bytes))
      return false;
    void *grown = realloc(items, bytes);
    if (!grown)
      return false;
    items = static_cast<T *>(grown);
    room = total;
    return true;
  }

  /// Room for `more` further elements, growing by half at least.
  [[nodiscard]] bool reserveMore(uint64_t more) {
    if (room - count >= more)
      return true;
    uint64_t grown = room + room / 2 + 16;
    return reserve(grown - count >= more ? grown : count + more);
  }

  [[nodiscard]] bool push(const T &item) {
    if (count == room && !reserveMore(1))
      return false;
    items[count++] = item;
    return true;
  }

  [[nodiscard]] bool append(const T *source, uint64_t length) {
    if (!reserveMore(length))
      return false;
    if (length)
      memcpy(items + count, source, length * sizeof(T));
    count += length;
    return true;
  }

  /// `total` elements, the new ones zero.
  [[nodiscard]] bool resize(uint64_t total) {
    if (!reserve(total))
      return false;
    if (total > count)
      memset(static_cast<void *>(items + count), 0,
             (total - count) * sizeof(T));
    count = total;
    return true;
  }

  /// After writing through data() into reserved room.
  void setSize(uint64_t total) {
    assert(total <= room);
    count = total;
  }

  void clear() { count = 0; }

private:
  T *items = nullptr;
  uint64_t count = 0, room = 0;
};

/// An array of objects with constructors, made once.
template <typename T>
class ObjectArray {
public:
  ObjectArray() = default;
  ObjectArray(const ObjectArray &) = delete;
  ObjectArray &operator=(const ObjectArray &) = delete;
  ~ObjectArray() { destroy(items, count); }

  /// Gives the objects away, to be destroyed with destroy().
  T *release() {
    T *given = items;
    items = nullptr;
    count = 0;
    return given;
  }
  static void destroy(T *objects, uint64_t size) {
    for (uint64_t i = 0; i < size; ++i)
      objects[i].~T();
    free(objects);
  }

  /// In place of what there is.
  [[nodiscard]] bool create(uint64_t size) {
    destroy(items, count);
    items = nullptr;
    count = 0;
    uint64_t bytes;
    if (__builtin_mul_overflow(size, sizeof(T), &bytes) ||
        bytes > UINT64_MAX - 2 * Line)
      return false;
    items = static_cast<T *>(aligned_alloc(Line, bytes / Line * Line + Line));
    if (!items)
      return false;
    for (; count < size; ++count)
      new (static_cast<void *>(items + count)) T();
    return true;
  }

  T &operator[](uint64_t i) {
    assert(i < count);
    return items[i];
  }
  const T &operator[](uint64_t i) const {
    assert(i < count);
    return items[i];
  }
  uint64_t size() const { return count; }
  T *begin() { return items; }
  T *end() { return items + count; }
  const T *begin() const { return items; }
  const T *end() const { return items + count; }

private:
  static constexpr uint64_t Line = 64;
  static_assert(alignof(T) <= Line);
  T *items = nullptr;
  uint64_t count = 0;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CORE_BUFFER_H
