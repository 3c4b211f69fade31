using System.Globalization;
using System.Runtime.InteropServices;
using Ecart.MariaDb.Writing;
using Ecart.Numerics;
using MySqlConnector;

namespace Ecart.MariaDb.Tests.Writing;

/// <summary>One row of every kind of column.</summary>
internal sealed record Sample(int Id, string? Words, byte[]? Bytes, double Number, long? Whole, bool? Flag, DateTime? At, float[] Place)
{
    private static readonly string[] Pieces =
        ["\t", "\n", "\r", "\\", "\\N", "'", "\"", "`", "\0", "\u001a", ",", "(", ")", "NULL", "é", "漢", "🦊", " ", "%", ";--", "x", "abc", "\u2028", "\ufeff"];

    private static readonly double[] Extremes = [0, double.Epsilon, double.MaxValue, double.MinValue, 1.0 / 3, 0.1, 1e-300, 123456789.123456789, double.NaN];

    /// <summary>Everything, bit for bit.</summary>
    public string Text => string.Join(
        '|',
        Id,
        Words ?? "none",
        Bytes is null ? "none" : Convert.ToHexString(Bytes),
        BitConverter.DoubleToInt64Bits(Number).ToString("x", CultureInfo.InvariantCulture),
        Whole,
        Flag,
        At?.ToString("O", CultureInfo.InvariantCulture),
        Convert.ToHexString(MemoryMarshal.AsBytes<float>(Place)));

    public static Sample Random(int id, SeededRandom random)
    {
        string words = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Pieces[random.Next(Pieces.Length)]));
        byte[] bytes = [.. Enumerable.Range(0, random.Next(40)).Select(_ => (byte)random.Next(256))];
        // Any bits that the server takes for a number: among them those of tab, line feed, quote and backslash.
        float[] place = [.. Enumerable.Range(0, 8).Select(_ => Finite((uint)random.NextBits()))];
        double number = random.Chance(0.3) ? Extremes[random.Next(Extremes.Length)] : random.NextLogNormal(1, 30) * (random.Chance(0.5) ? 1 : -1);
        return new Sample(
            id,
            random.Chance(0.1) ? null : words,
            random.Chance(0.1) ? null : bytes,
            number,
            random.Chance(0.1) ? null : (long)random.NextBits(),
            random.Chance(0.1) ? null : random.Chance(0.5),
            random.Chance(0.1) ? null : new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddMicroseconds(Math.Floor(random.NextDouble() * 4e15)),
            place);
    }

    public static Sample Read(MySqlDataReader row) => new(
        row.GetInt32(0),
        row.IsDBNull(1) ? null : row.GetString(1),
        row.IsDBNull(2) ? null : (byte[])row.GetValue(2),
        row.IsDBNull(3) ? double.NaN : row.GetDouble(3),
        row.IsDBNull(4) ? null : row.GetInt64(4),
        row.IsDBNull(5) ? null : row.GetBoolean(5),
        row.IsDBNull(6) ? null : DateTime.SpecifyKind(row.GetDateTime(6), DateTimeKind.Unspecified),
        row.GetValue(7) switch
        {
            float[] floats => floats,
            ReadOnlyMemory<float> memory => memory.ToArray(),
            object other => MemoryMarshal.Cast<byte, float>((byte[])other).ToArray(),
        });

    public void Write(RowWriter row)
    {
        row.Number(Id);
        row.Text(Words);
        if (Bytes is null) row.Null();
        else row.Binary(Bytes);
        row.NumberOrNull(Number);
        if (Whole is { } whole) row.Number(whole);
        else row.Null();
        if (Flag is { } flag) row.Boolean(flag);
        else row.Null();
        if (At is { } at) row.Time(at);
        else row.Null();
        row.Vector(Place);
        row.EndRow();
    }

    private static float Finite(uint bits) => BitConverter.UInt32BitsToSingle(bits) is var value && Math.Abs(value) < 1e15f ? value : bits;
}
