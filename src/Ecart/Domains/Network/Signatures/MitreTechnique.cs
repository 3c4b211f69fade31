namespace Ecart.Domains.Network.Signatures;

/// <summary>Ids of techniques of MITRE ATT&amp;CK: <c>T1046</c>, or <c>T1110.001</c> for a part of one.</summary>
public static class MitreTechnique
{
    private const int IdLength = 5;
    private const int PartLength = 9;

    /// <summary>Whether a text is of the form of a technique's id; that there is such a technique is not checked.</summary>
    public static bool IsId(string? text)
    {
        if (text is null || text.Length is not (IdLength or PartLength) || text[0] != 'T') return false;
        for (int i = 1; i < text.Length; i++)
        {
            bool isExpected = i == IdLength ? text[i] == '.' : char.IsAsciiDigit(text[i]);
            if (!isExpected) return false;
        }

        return true;
    }
}
