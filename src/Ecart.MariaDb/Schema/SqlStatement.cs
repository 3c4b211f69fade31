namespace Ecart.MariaDb.Schema;

/// <summary>One statement of a script.</summary>
/// <param name="Text">The statement without its delimiter and without the comments before it.</param>
/// <param name="Line">Line of the script on which it begins, from 1.</param>
internal readonly record struct SqlStatement(string Text, int Line)
{
    /// <summary>Its first line, for messages.</summary>
    public string FirstLine => Text.Split('\n', 2)[0].TrimEnd();
}
