namespace Ecart.App.Entities;

/// <summary>A word that each language has its own for, within a fact.</summary>
/// <param name="Key">Its key behind <c>entities.word.</c>.</param>
public sealed record EntityWord(string Key)
{
    /// <inheritdoc/>
    public override string ToString() => Key;
}
