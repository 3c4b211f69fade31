using System.Buffers.Text;
using System.Text.Json;

namespace Ecart.App.Serve.Api;

/// <summary>
/// Where a list goes on: the sorted values of the last row shown, as text that callers hand back unread. A list goes on after a row, not at a number of rows,
/// so that pages neither repeat nor miss what was there all the time, and the thousandth page is as fast as the first.
/// </summary>
internal static class PageCursor
{
    private const int Longest = 1024;

    /// <summary>Text of a position.</summary>
    public static string Write<TPosition>(TPosition position) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(position, ApiJson.Options));

    /// <summary>Reads a position back.</summary>
    /// <returns>False when the text is none of ours.</returns>
    public static bool TryRead<TPosition>(string text, out TPosition? position)
    {
        position = default;
        if (text.Length is 0 or > Longest || !Base64Url.IsValid(text)) return false;
        try
        {
            position = JsonSerializer.Deserialize<TPosition>(Base64Url.DecodeFromChars(text), ApiJson.Options);
            return position is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
