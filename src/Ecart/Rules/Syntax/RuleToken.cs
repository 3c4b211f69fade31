namespace Ecart.Rules.Syntax;

/// <summary>A word, number, text or sign where it stands.</summary>
internal readonly record struct RuleToken(int Offset, string Text);
