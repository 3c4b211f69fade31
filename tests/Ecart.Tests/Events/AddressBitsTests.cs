using System.Net;
using CsCheck;
using Ecart.Events;
using Ecart.Tests.Rules;
using Xunit;

namespace Ecart.Tests.Events;

public sealed class AddressBitsTests
{
    [Fact]
    public void TryParse_AnyAddress_ReadsAsTheRuntimeDoes()
    {
        Gen<byte[]> any = Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[16], Gen.OneOf(Gen.Const((byte)0), Gen.Byte).Array[16]);
        foreach (byte[] bytes in SeededSamples.Of(any, seed: 1, count: 2000))
        {
            var address = new IPAddress(bytes);
            Assert.True(AddressBits.TryParse(address.ToString(), out UInt128 bits), address.ToString());
            UInt128 expected = 0;
            foreach (byte part in address.MapToIPv6().GetAddressBytes()) expected = (expected << 8) | part;
            Assert.Equal(expected, bits);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("01.2.3.4")]
    [InlineData("1..2.3")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1::2::3")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7::8:9")]
    [InlineData("12345::")]
    [InlineData("g::")]
    [InlineData("::1.2.3")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("fe80::1%eth0")]
    public void TryParse_NoAddress_IsFalse(string text) => Assert.False(AddressBits.TryParse(text, out _));

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.0.1", true)]
    [InlineData("10.0.0.0/8", "11.0.0.1", false)]
    [InlineData("192.0.2.77/32", "192.0.2.77", true)]
    [InlineData("192.0.2.77", "192.0.2.78", false)]
    [InlineData("0.0.0.0/0", "203.0.113.9", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("::/0", "203.0.113.9", true)]
    public void TryParseNetwork_AddressInItOrNot_IsTold(string network, string address, bool isIn)
    {
        Assert.True(AddressBits.TryParseNetwork(network, out UInt128 prefix, out int length));
        Assert.True(AddressBits.TryParse(address, out UInt128 bits));
        Assert.Equal(isIn, AddressBits.Cut(bits, length) == prefix);
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("2001:db8::/129")]
    [InlineData("/8")]
    public void TryParseNetwork_NoNetwork_IsFalse(string text) => Assert.False(AddressBits.TryParseNetwork(text, out _, out _));

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.16.0.1", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("192.168.9.9", true)]
    [InlineData("169.254.1.1", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("8.8.8.8", false)]
    [InlineData("::1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("2001:4860::1", false)]
    public void IsPrivate_Ranges_AreThoseOfTheStandards(string text, bool isPrivate)
    {
        Assert.True(AddressBits.TryParse(text, out UInt128 address));
        Assert.Equal(isPrivate, AddressBits.IsPrivate(address));
    }
}
