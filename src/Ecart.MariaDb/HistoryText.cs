using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Ecart.Scoring;

namespace Ecart.MariaDb;

/// <summary>A verdict history as <c>entity_history.days</c> keeps it: <c>[[day, events, frauds, evident], ...]</c>, days as <c>TO_DAYS()</c> counts them; evident
/// frauds are left out where there is none. Not thread-safe.</summary>
internal sealed class HistoryText
{
    /// <summary><c>TO_DAYS('0001-01-01')</c>: the server counts from a year 0.</summary>
    public const int FirstDay = 366;

    private const int MostBytesOfDay = 52;
    private readonly List<DayCount> days = [];
    private byte[] buffer = new byte[4096];

    /// <summary>The text of a history as UTF-8, valid until the next call.</summary>
    public ReadOnlySpan<byte> Write(ReadOnlySpan<DayCount> history)
    {
        if (buffer.Length < (history.Length + 1) * MostBytesOfDay) buffer = new byte[(history.Length + 1) * MostBytesOfDay * 2];
        int length = 0;
        buffer[length++] = (byte)'[';
        foreach (ref readonly DayCount day in history)
        {
            if (length > 1) buffer[length++] = (byte)',';
            buffer[length++] = (byte)'[';
            Number(day.Day + FirstDay, ref length);
            buffer[length++] = (byte)',';
            Number(day.Events, ref length);
            buffer[length++] = (byte)',';
            Number(day.Frauds, ref length);
            if (day.Evident != 0)
            {
                buffer[length++] = (byte)',';
                Number(day.Evident, ref length);
            }

            buffer[length++] = (byte)']';
        }

        buffer[length++] = (byte)']';
        return buffer.AsSpan(0, length);
    }

    /// <summary>The days after one of a stored history, valid until the next call.</summary>
    /// <exception cref="StateFormatException">The text is not one that <see cref="Write"/> makes.</exception>
    public ReadOnlySpan<DayCount> Read(string text, int afterDay)
    {
        days.Clear();
        try
        {
            var reader = new Utf8JsonReader(Encoding.ASCII.GetBytes(text));
            Next(ref reader, JsonTokenType.StartArray);
            while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
            {
                var day = new DayCount(Number(ref reader) - FirstDay, Number(ref reader), Number(ref reader));
                if (reader.Read() && reader.TokenType == JsonTokenType.Number)
                {
                    day.Evident = reader.GetInt32();
                    reader.Read();
                }

                if (reader.TokenType != JsonTokenType.EndArray) throw new FormatException();
                if (day.Day > afterDay) days.Add(day);
            }
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            throw new StateFormatException(
                $"A verdict history is damaged ('{(text.Length > 80 ? text[..80] : text)}'). Run 'ecart profiles rebuild' to make it again from the log.");
        }

        return CollectionsMarshal.AsSpan(days);
    }

    private static int Number(ref Utf8JsonReader reader)
    {
        Next(ref reader, JsonTokenType.Number);
        return reader.GetInt32();
    }

    private static void Next(ref Utf8JsonReader reader, JsonTokenType expected)
    {
        if (!reader.Read() || reader.TokenType != expected) throw new FormatException();
    }

    private void Number(int value, ref int length)
    {
        value.TryFormat(buffer.AsSpan(length), out int written);
        length += written;
    }
}
