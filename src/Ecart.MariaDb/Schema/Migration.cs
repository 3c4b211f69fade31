using System.Security.Cryptography;
using System.Text;

namespace Ecart.MariaDb.Schema;

/// <summary>One numbered migration file.</summary>
/// <param name="Number">Its place in the order, from the file's first four digits.</param>
/// <param name="FileName">For example <c>0001_log.sql</c>.</param>
/// <param name="Text">The SQL.</param>
internal sealed record Migration(int Number, string FileName, string Text)
{
    /// <summary>
    /// SHA-256 in lower-case hexadecimal of the text with line ends and trailing blanks made uniform, so that a checkout on another
    /// system is the same migration.
    /// </summary>
    public string Checksum { get; } = ComputeChecksum(Text);

    private static string ComputeChecksum(string text)
    {
        IEnumerable<string> lines = text.Split('\n').Select(line => line.TrimEnd());
        string normalised = string.Join('\n', lines).TrimEnd();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(normalised)));
    }
}
