using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Ecart.MariaDb.Writing;

/// <summary>
/// Spells rows as bytes into one growing buffer: no objects a row, no boxing. The same calls serve LOAD DATA and multi-row INSERT. Not
/// thread-safe.
/// </summary>
/// <remarks>
/// For LOAD DATA the file is declared <c>CHARACTER SET binary</c>: text goes as UTF-8 and a vector as its raw little-endian floats, only tab, line
/// feed and backslash escaped, which the server stores bit for bit.
/// </remarks>
public sealed class RowWriter(RowFormat format)
{
    private const int InitialBytes = 64 * 1024;
    private static readonly SearchValues<byte> Escaped = SearchValues.Create("\t\n\\"u8);
    private static readonly SearchValues<byte> Quoted = SearchValues.Create("'\\"u8);
    private readonly List<int> rowStarts = [];
    private byte[] buffer = new byte[InitialBytes];
    private int length;
    private bool isRowOpen;

    /// <summary>How rows are spelled.</summary>
    public RowFormat Format => format;

    /// <summary>Rows written.</summary>
    public int Rows => rowStarts.Count;

    /// <summary>Bytes written.</summary>
    public int Length => length;

    /// <summary>The bytes of rows <paramref name="from"/> up to before <paramref name="to"/>.</summary>
    public ReadOnlyMemory<byte> Slice(int from, int to)
    {
        int start = from < Rows ? rowStarts[from] : length;
        int end = to < Rows ? rowStarts[to] : length;
        return buffer.AsMemory(start, end - start);
    }

    /// <summary>Forgets all rows and keeps the memory.</summary>
    /// <param name="mostKept">Bytes of memory that are kept, at most; all is given back when it is more. Default any number.</param>
    public void Clear(int mostKept = int.MaxValue)
    {
        if (buffer.Length > mostKept) buffer = new byte[InitialBytes];
        rowStarts.Clear();
        length = 0;
        isRowOpen = false;
    }

    /// <summary>SQL NULL.</summary>
    public void Null()
    {
        Begin();
        Raw(format == RowFormat.LoadData ? "\\N"u8 : "NULL"u8);
        End();
    }

    /// <summary>A text, null as NULL.</summary>
    public void Text(string? value)
    {
        if (value is null)
        {
            Null();
            return;
        }

        Begin();
        int most = Encoding.UTF8.GetMaxByteCount(value.Length);
        Reserve((most * 2) + 2);
        bool quote = format == RowFormat.Insert;
        if (quote) buffer[length++] = (byte)'\'';
        int written = Encoding.UTF8.GetBytes(value, buffer.AsSpan(length, most));
        if (buffer.AsSpan(length, written).ContainsAny(quote ? Quoted : Escaped)) EscapeInPlace(written, quote);
        else length += written;
        if (quote) buffer[length++] = (byte)'\'';
        End();
    }

    /// <summary>A text that is UTF-8 already.</summary>
    public void Utf8(ReadOnlySpan<byte> value)
    {
        Begin();
        Escape(value);
        End();
    }

    /// <summary>Bytes of a binary column.</summary>
    public void Binary(ReadOnlySpan<byte> value)
    {
        Begin();
        if (format == RowFormat.LoadData) Escape(value);
        else Hex(value);
        End();
    }

    /// <summary>A vector of the column's dimension.</summary>
    public void Vector(ReadOnlySpan<float> value) => Binary(MemoryMarshal.AsBytes(value));

    /// <summary>A number or anything else that formats itself; doubles in their shortest form that reads back the same.</summary>
    public void Number<TValue>(TValue value)
        where TValue : IUtf8SpanFormattable
    {
        Begin();
        int written;
        while (!value.TryFormat(buffer.AsSpan(length), out written, default, null)) Grow(64);
        length += written;
        End();
    }

    /// <summary>A double, NaN as NULL.</summary>
    public void NumberOrNull(double value)
    {
        if (double.IsNaN(value)) Null();
        else Number(value);
    }

    /// <summary>A truth value as 1 or 0.</summary>
    public void Boolean(bool value) => Number(value ? 1 : 0);

    /// <summary>A UTC time to the microsecond.</summary>
    public void Time(DateTime value)
    {
        Begin();
        Reserve(28);
        bool quote = format == RowFormat.Insert;
        if (quote) buffer[length++] = (byte)'\'';
        DateDigits(value);
        buffer[length++] = (byte)' ';
        Digits(value.Hour, 2);
        buffer[length++] = (byte)':';
        Digits(value.Minute, 2);
        buffer[length++] = (byte)':';
        Digits(value.Second, 2);
        buffer[length++] = (byte)'.';
        Digits((int)(value.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond), 6);
        if (quote) buffer[length++] = (byte)'\'';
        End();
    }

    /// <summary>The date of a UTC time.</summary>
    public void Date(DateTime value)
    {
        Begin();
        Reserve(12);
        bool quote = format == RowFormat.Insert;
        if (quote) buffer[length++] = (byte)'\'';
        DateDigits(value);
        if (quote) buffer[length++] = (byte)'\'';
        End();
    }

    /// <summary>Ends the row.</summary>
    public void EndRow()
    {
        length--;
        isRowOpen = false;
        Raw(format == RowFormat.LoadData ? "\n"u8 : "),"u8);
    }

    private void Begin()
    {
        if (isRowOpen) return;
        isRowOpen = true;
        rowStarts.Add(length);
        if (format == RowFormat.Insert) Raw("("u8);
    }

    private void End()
    {
        Reserve(1);
        buffer[length++] = format == RowFormat.LoadData ? (byte)'\t' : (byte)',';
    }

    private void Escape(ReadOnlySpan<byte> value)
    {
        bool quote = format == RowFormat.Insert;
        Reserve((value.Length * 2) + 2);
        if (quote) buffer[length++] = (byte)'\'';
        SearchValues<byte> special = quote ? Quoted : Escaped;
        while (!value.IsEmpty)
        {
            int plain = value.IndexOfAny(special);
            if (plain < 0) plain = value.Length;
            value[..plain].CopyTo(buffer.AsSpan(length));
            length += plain;
            if (plain == value.Length) break;
            buffer[length++] = (byte)'\\';
            buffer[length++] = value[plain];
            value = value[(plain + 1)..];
        }

        if (quote) buffer[length++] = (byte)'\'';
    }

    /// <summary>Escapes the bytes that stand, not yet counted, at the end of the buffer; room for twice as many is reserved.</summary>
    private void EscapeInPlace(int count, bool quote)
    {
        byte[] plain = buffer.AsSpan(length, count).ToArray();
        SearchValues<byte> special = quote ? Quoted : Escaped;
        foreach (byte value in plain)
        {
            if (special.Contains(value)) buffer[length++] = (byte)'\\';
            buffer[length++] = value;
        }
    }

    private void Hex(ReadOnlySpan<byte> value)
    {
        Reserve((value.Length * 2) + 3);
        Raw("x'"u8);
        Convert.TryToHexString(value, buffer.AsSpan(length), out int written);
        length += written;
        buffer[length++] = (byte)'\'';
    }

    private void DateDigits(DateTime value)
    {
        Digits(value.Year, 4);
        buffer[length++] = (byte)'-';
        Digits(value.Month, 2);
        buffer[length++] = (byte)'-';
        Digits(value.Day, 2);
    }

    private void Digits(int value, int count)
    {
        for (int i = count - 1; i >= 0; i--)
        {
            buffer[length + i] = (byte)('0' + (value % 10));
            value /= 10;
        }

        length += count;
    }

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(buffer.AsSpan(length));
        length += bytes.Length;
    }

    private void Reserve(int bytes)
    {
        if (buffer.Length - length < bytes) Grow(bytes);
    }

    private void Grow(int bytes) => Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + bytes));
}
