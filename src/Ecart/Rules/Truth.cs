namespace Ecart.Rules;

/// <summary>Three-valued logic (Kleene): in this order "and" is the least and "or" the greatest of its parts.</summary>
internal enum Truth : byte
{
    False = 0,
    Unknown = 1,
    True = 2,
}
