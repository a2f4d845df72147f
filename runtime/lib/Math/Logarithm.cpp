//===- Logarithm.cpp - log and log1p --------------------------------------===//
//
// Table-driven: x = 2^k m with m in [sqrt(1/2), sqrt(2)), and c from a table
// near 1/m with so few bits that c m - 1 = r is known exactly; |r| <= 2^-7.
// log x = k log 2 - log c + log(1 + r). Around 1, c = 1: nothing cancels.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Math/Bits.h"
#include "runtime/lib/Math/Math.h"

using namespace snn::runtime;

namespace {

struct Entry {
  double c; // 10 bits
  DoubleDouble minusLog;
};

/// For m in [i/128, (i+1)/128), from i = 90.
constexpr int FirstEntry = 90;
constexpr Entry Table[] = {
    {0x1.6ap+0, {-0x1.62c82f2b9c795p-2, -0x1.7b7af915300e5p-57}},
    {0x1.66p+0, {-0x1.5767717455a6cp-2, -0x1.526adb283660cp-56}},
    {0x1.62p+0, {-0x1.4be5f957778a1p-2, 0x1.259b35b04813dp-57}},
    {0x1.5e8p+0, {-0x1.41b941cce0beep-2, -0x1.6fec1bc0376f6p-56}},
    {0x1.5bp+0, {-0x1.3772662bfd85bp-2, 0x1.b5629d8117de7p-59}},
    {0x1.57p+0, {-0x1.2b9303ab89d25p-2, 0x1.896b5fd852ad4p-56}},
    {0x1.538p+0, {-0x1.211255986160cp-2, 0x1.8745d6af3c50bp-56}},
    {0x1.5p+0, {-0x1.1675cababa60ep-2, -0x1.ce63eab883717p-61}},
    {0x1.4c8p+0, {-0x1.0bbccdb0d24bdp-2, 0x1.a66744640948p-57}},
    {0x1.498p+0, {-0x1.0274dc16c232fp-2, -0x1.e89cf835c278p-57}},
    {0x1.46p+0, {-0x1.ef0adcbdc5936p-3, -0x1.48637950dc20dp-57}},
    {0x1.43p+0, {-0x1.dc1bca0abec7dp-3, -0x1.834c51998b6fcp-57}},
    {0x1.3f8p+0, {-0x1.c5cba543ae425p-3, 0x1.62134bab038d8p-57}},
    {0x1.3c8p+0, {-0x1.b2797ee46320cp-3, 0x1.1520da0151cf7p-57}},
    {0x1.398p+0, {-0x1.9ef83d2769a34p-3, 0x1.6f67f39bff3a5p-58}},
    {0x1.368p+0, {-0x1.8b46f8223625bp-3, -0x1.f2102dd7c92ecp-58}},
    {0x1.338p+0, {-0x1.7764c128f2127p-3, -0x1.240d1e78f44cep-57}},
    {0x1.31p+0, {-0x1.66acd4272ad51p-3, 0x1.0900e4e1ea8b2p-58}},
    {0x1.2ep+0, {-0x1.526e5e3a1b438p-3, 0x1.746ff8a470d3ap-57}},
    {0x1.2b8p+0, {-0x1.41682bf727bcp-3, 0x1.1c207e127261bp-59}},
    {0x1.288p+0, {-0x1.2cca0f5f5f251p-3, 0x1.e3235fe23f016p-57}},
    {0x1.26p+0, {-0x1.1b72ad52f67ap-3, -0x1.483023472cd74p-58}},
    {0x1.238p+0, {-0x1.09f561ee719c3p-3, -0x1.f51d505cb0b76p-58}},
    {0x1.208p+0, {-0x1.e98b549671467p-4, -0x1.d227143a5a998p-58}},
    {0x1.1ep+0, {-0x1.c5e548f5bc743p-4, -0x1.5d617ef8161b1p-60}},
    {0x1.1b8p+0, {-0x1.a1ef1d8061cd4p-4, -0x1.76df97bcb177fp-60}},
    {0x1.198p+0, {-0x1.84ef898e8282ap-4, -0x1.96dcb441b9227p-59}},
    {0x1.17p+0, {-0x1.60658a93750c4p-4, 0x1.388458ec21b6ap-58}},
    {0x1.148p+0, {-0x1.3b87598b1b6eep-4, 0x1.594aca31297a3p-61}},
    {0x1.12p+0, {-0x1.16536eea37ae1p-4, 0x1.79da3e8c22cdap-60}},
    {0x1.1p+0, {-0x1.f0a30c01162a6p-5, -0x1.85f325c5bbacdp-59}},
    {0x1.0d8p+0, {-0x1.a4fe9ffa3d235p-5, 0x1.28100a49366b4p-62}},
    {0x1.0b8p+0, {-0x1.67f94f094bd98p-5, -0x1.f3e7e4ed6b2d6p-60}},
    {0x1.098p+0, {-0x1.2a7ec2214e873p-5, -0x1.8856e9c01e6ddp-61}},
    {0x1.07p+0, {-0x1.b9fc027af9198p-6, 0x1.0ae69229dc868p-64}},
    {0x1.05p+0, {-0x1.3cea44346a575p-6, 0x1.0cb5a902b3a1cp-62}},
    {0x1.03p+0, {-0x1.7dc475f810a77p-7, 0x1.16d7687d3df21p-62}},
    {0x1p+0, {0.0, 0.0}},
    {0x1p+0, {0.0, 0.0}},
    {0x1.fap-1, {0x1.82448a388a2aap-7, 0x1.04b16137f09ap-62}},
    {0x1.f6p-1, {0x1.432a925980cc1p-6, -0x1.8cdaf39004192p-60}},
    {0x1.f2p-1, {0x1.c63d2ec14aaf2p-6, -0x1.ce030a686bd86p-60}},
    {0x1.efp-1, {0x1.149e3e4005a8dp-5, -0x1.53482d1f9d7d7p-61}},
    {0x1.ebp-1, {0x1.5715c4c03ceefp-5, -0x1.bbf88ec501b56p-61}},
    {0x1.e7p-1, {0x1.9a187b573de7cp-5, -0x1.727626c86b3abp-59}},
    {0x1.e4p-1, {0x1.ccb73cdddb2ccp-5, -0x1.e48fb0500efd4p-59}},
    {0x1.ep-1, {0x1.08598b59e3a07p-4, -0x1.dd7009902bf32p-58}},
    {0x1.ddp-1, {0x1.2207b5c78549ep-4, -0x1.cc0fbce104eaap-58}},
    {0x1.d9p-1, {0x1.4485e03dbdfadp-4, 0x1.1ba349aadbc6ep-58}},
    {0x1.d6p-1, {0x1.5e95a4d9791cbp-4, 0x1.f38745c5c450ap-58}},
    {0x1.d2p-1, {0x1.8197e2f40e3fp-4, 0x1.b9f2dffbeed43p-60}},
    {0x1.cfp-1, {0x1.9c0c32d4d2548p-4, 0x1.fb0be3ccc1532p-59}},
    {0x1.ccp-1, {0x1.b6ac88dad5b1cp-4, -0x1.0057eed1ca59fp-59}},
    {0x1.c9p-1, {0x1.d179788219364p-4, 0x1.9daf7df76ad2ap-59}},
    {0x1.c6p-1, {0x1.ec739830a112p-4, -0x1.a2bf991780d3fp-59}},
    {0x1.c2p-1, {0x1.08598b59e3a07p-3, -0x1.dd7009902bf32p-57}},
    {0x1.bfp-1, {0x1.160c8024b27b1p-3, -0x1.2d56ff61c2bfbp-57}},
    {0x1.bcp-1, {0x1.23d712a49c202p-3, -0x1.6e38161051d69p-57}},
    {0x1.b9p-1, {0x1.31b994d3a4f85p-3, -0x1.c4716bdfc0cc9p-58}},
    {0x1.b6p-1, {0x1.3fb45a59928ccp-3, -0x1.d87e6a354d056p-57}},
    {0x1.b3p-1, {0x1.4dc7b897bc1c8p-3, -0x1.927d47803c5f4p-57}},
    {0x1.b1p-1, {0x1.5737cc9018cddp-3, 0x1.4f4d710fec38ep-57}},
    {0x1.aep-1, {0x1.6574ebe8c133ap-3, -0x1.d34f0f4621bedp-60}},
    {0x1.abp-1, {0x1.73cb9074fd14dp-3, -0x1.521a000b4cf01p-57}},
    {0x1.a8p-1, {0x1.823c16551a3c2p-3, -0x1.1232ce70be781p-57}},
    {0x1.a5p-1, {0x1.90c6db9fcbcd9p-3, 0x1.054473941ad99p-57}},
    {0x1.a3p-1, {0x1.9a8778debaa38p-3, 0x1.f47dfd871f87fp-57}},
    {0x1.ap-1, {0x1.a93ed3c8ad9e3p-3, 0x1.bcafa9de97203p-57}},
    {0x1.9dp-1, {0x1.b811730b823d2p-3, 0x1.a0ee735d9f0ecp-60}},
    {0x1.9bp-1, {0x1.c2028ab17f9b4p-3, 0x1.f11aa3853a5f1p-57}},
    {0x1.98p-1, {0x1.d1037f2655e7bp-3, 0x1.60629242471a2p-57}},
    {0x1.96p-1, {0x1.db13db0d4894p-3, 0x1.aa11d49f96cb9p-58}},
    {0x1.93p-1, {0x1.ea4449f04aaf5p-3, -0x1.d33919ab94074p-57}},
    {0x1.91p-1, {0x1.f474b134df229p-3, -0x1.27c77ded76aadp-58}},
    {0x1.8ep-1, {0x1.01eae5626c691p-2, -0x1.18290bd2932e2p-59}},
    {0x1.8cp-1, {0x1.07138604d5862p-2, 0x1.cdb16ed4e9138p-56}},
    {0x1.8ap-1, {0x1.0c42d676162e3p-2, 0x1.162c79d5d11eep-58}},
    {0x1.87p-1, {0x1.14167ef367783p-2, 0x1.e0936abd4fa6ep-62}},
    {0x1.85p-1, {0x1.1956d3b9bc2fap-2, 0x1.7b9d68d50a15dp-56}},
    {0x1.83p-1, {0x1.1e9e1678899f4p-2, 0x1.512c3749a1e4ep-56}},
    {0x1.8p-1, {0x1.269621134db92p-2, 0x1.e0efadd9db02bp-56}},
    {0x1.7ep-1, {0x1.2bef07cdc9354p-2, -0x1.82dad7fd86088p-56}},
    {0x1.7cp-1, {0x1.314f1e1d35ce4p-2, -0x1.3d69909e5c3dcp-56}},
    {0x1.7ap-1, {0x1.36b6776be1117p-2, -0x1.324f0e883858ep-58}},
    {0x1.78p-1, {0x1.3c25277333184p-2, -0x1.2ad27e50a8ec6p-56}},
    {0x1.75p-1, {0x1.44591e0539f49p-2, -0x1.2b125247b0fa5p-56}},
    {0x1.73p-1, {0x1.49da7f3bcc41fp-2, -0x1.9964a168ccacap-57}},
    {0x1.71p-1, {0x1.4f637ebba981p-2, -0x1.58cb3124b9245p-56}},
    {0x1.6fp-1, {0x1.54f431b7be1a9p-2, -0x1.aacfdbbdab914p-56}},
    {0x1.6dp-1, {0x1.5a8cadbbedfa1p-2, -0x1.e6c2bdfb3e037p-58}},
    {0x1.6bp-1, {0x1.602d08af091ecp-2, -0x1.6e8920c09b73fp-58}},
    {0x1.69p-1, {0x1.65d558d4ce00bp-2, -0x1.7605a4748480ap-56}},
};

/// log(1 + r), |r| <= 2^-7: r - r^2/2 with the second precision, the rest not.
DoubleDouble log1pSmall(DoubleDouble r) {
  double z = r.high;
  double tail = 1.0 / 9 - z * (1.0 / 10 - z * (1.0 / 11));
  tail = 1.0 / 6 - z * (1.0 / 7 - z * (1.0 / 8 - z * tail));
  tail = 1.0 / 3 - z * (1.0 / 4 - z * (1.0 / 5 - z * tail));
  DoubleDouble square = r * r;
  DoubleDouble sum = r + DoubleDouble{-0.5 * square.high, -0.5 * square.low};
  return sum + DoubleDouble{z * z * z * tail, 0};
}

} // namespace

DoubleDouble snn::runtime::logExtended(DoubleDouble x) {
  uint64_t bits = toBits(x.high);
  int k = static_cast<int>(bits >> 52) - 1023;
  int index = 128 + static_cast<int>((bits >> 45) & 127);
  if (index > 181) { // m >= 182/128 > sqrt(2)
    ++k;
    index >>= 1;
  }
  double m = scaleByPowerOfTwo(x.high, -k);
  const Entry &entry = Table[index - FirstEntry];
  DoubleDouble parts = split(m);
  DoubleDouble r = twoSum(entry.c * parts.high - 1, entry.c * parts.low);
  r = quickTwoSum(r.high, r.low + entry.c * scaleByPowerOfTwo(x.low, -k));
  // log 2 in two parts; the first has 40 bits, its product with k is exact.
  DoubleDouble whole =
      quickTwoSum(k * 0x1.62e42fefa2p-1, k * 0x1.9ef35793c7673p-41);
  return whole + entry.minusLog + log1pSmall(r);
}

double snn_log(double x) {
  x = flush(x);
  if (!(x > 0))
    return x == 0 ? -Infinity : NotANumber;
  return x == Infinity ? x : logExtended({x, 0}).value();
}

double snn_log1p(double x) {
  if (!(x > -1))
    return x == -1 ? -Infinity : NotANumber;
  if (x == Infinity || magnitude(x) < 0x1p-60)
    return flush(x); // x - x^2/2 rounds to x
  return logExtended(twoSum(1, x)).value();
}
