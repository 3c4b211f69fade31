using System.Buffers;
using CsCheck;
using Ecart.Profiles;
using Xunit;

namespace Ecart.Tests.Profiles;

public sealed class StateCodecTests
{
    [Fact]
    public void Read_WhatWasWritten_IsTheSame() => Gen.Select(Gen.Int, Gen.Long, Gen.Double, Gen.String, Gen.Float.Array[0, 20]).Sample((number, ticks, value, text, floats) =>
    {
        text = new string([.. text.Where(character => !char.IsSurrogate(character))]);
        var bytes = Write(number, ticks, value, text, floats);
        var reader = new StateReader(bytes);

        Assert.Equal((number, ticks), (reader.Int(), reader.Long()));
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(reader.Double()));
        Assert.Equal(text, reader.Text());
        Assert.Null(reader.Text());
        var read = new float[floats.Length];
        reader.Floats(read);
        Assert.Equal(floats, read);
        Assert.Equal(new Moments { Count = 2, Sum = value, SumOfSquares = 3, Maximum = 4 }, reader.Moments());
        reader.RequireEnd();
    }, seed: "0000KOIbCd64", iter: 500);

    [Fact]
    public void Read_BytesCutAnywhere_SaysSo()
    {
        var bytes = Write(1, 2, 3, "text", [4, 5]);
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            Assert.Throws<ArgumentOutOfRangeException>(() =>
            {
                var reader = new StateReader(cut);
                reader.Int();
                reader.Long();
                reader.Double();
                reader.Text();
                reader.Text();
                reader.Floats(new float[2]);
                reader.Moments();
            });
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void Count_OutsideItsBounds_IsRefused(int stored) => Assert.Throws<ArgumentOutOfRangeException>(() =>
    {
        var reader = new StateReader(BitConverter.GetBytes(stored));
        reader.Count(4);
    });

    private static byte[] Write(int number, long ticks, double value, string text, float[] floats)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new StateWriter(buffer);
        writer.Int(number);
        writer.Long(ticks);
        writer.Double(value);
        writer.Text(text);
        writer.Text(null);
        writer.Floats(floats);
        writer.Moments(new Moments { Count = 2, Sum = value, SumOfSquares = 3, Maximum = 4 });
        return buffer.WrittenSpan.ToArray();
    }
}
